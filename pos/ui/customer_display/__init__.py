"""The display the customer looks at: what is rung up, what it comes to, what goes back. Never anything of the staff."""
