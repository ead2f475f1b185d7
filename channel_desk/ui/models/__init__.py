"""Models of long lists: they hold a window of ready rows and read the rest when it comes into view."""
