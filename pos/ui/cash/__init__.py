"""The cash of the till."""
