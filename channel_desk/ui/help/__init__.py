"""The manual: pages at the left, the one that is read at the right."""
