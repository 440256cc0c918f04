"""Help for the screen that shows: its page of the manual beside its keys."""
