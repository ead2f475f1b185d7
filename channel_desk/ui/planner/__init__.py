"""The calendar of visits."""
