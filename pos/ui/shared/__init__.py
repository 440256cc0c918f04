"""Widgets every screen is made of. They know words, sizes and colours, and nothing of the shop."""
