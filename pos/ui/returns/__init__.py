"""Returns: find the purchase, tick what comes back, see what the policy says, pay out."""
