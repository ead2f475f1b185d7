"""``python -m channel_desk``, and what the installed commands start."""

import sys


def main() -> int:
    """Run the program; Ctrl+C ends it without a word, from the first module that is loaded."""
    try:
        from channel_desk.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
