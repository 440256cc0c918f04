"""Ringing up: the basket, the keys of its items, what it comes to."""
