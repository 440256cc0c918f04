"""What the world did, said plainly, when the shop cannot be opened."""
