"""Customers: the list with one beside, and the form."""
