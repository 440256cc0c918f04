"""Settings of the shop and of this machine, and the people who work here."""
