"""``python -m channel_desk``."""

import sys

from channel_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
