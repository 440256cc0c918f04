"""Frozen values and rules. No clock, no identity made here, no input or output: the same call gives the same answer."""
