"""The printer: how it is, what waits for it, and what a person who looked at it says."""
