"""The window around the pages: rail, history, palette, shortcuts, toasts."""
