"""Taking the money, and what to hand back."""
