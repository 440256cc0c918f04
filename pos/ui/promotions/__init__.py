"""The promotions: listed, made, tried on a basket, read from a file and written into one."""
