"""What the program costs where she waits, each figure beside a floor from the same run."""
