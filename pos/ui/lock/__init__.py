"""The locked till."""
