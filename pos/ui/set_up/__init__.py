"""The way to a shop of one's own: set it up step by step, or restore it from a backup."""
