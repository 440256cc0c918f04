"""What goes with what: the shop's pairs, and what they brought."""
