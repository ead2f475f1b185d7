"""One training session: its deck of slides, put together and exported."""
