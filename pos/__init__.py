"""Kassa, the point of sale that decides and explains, loses nothing, and teaches."""

VERSION = "0.1.0"
