"""The card terminals' drivers: what they ask, what they make of an answer, and of no answer."""
