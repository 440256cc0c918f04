"""Card terminals: the port every one of them is reached through, and the drivers."""
