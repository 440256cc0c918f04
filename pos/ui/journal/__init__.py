"""Completed sales: the day's list, the receipt as it was printed, and its second papers."""
