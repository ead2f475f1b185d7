"""The list of training sessions, and planning a new one."""
