"""The places that have no entry of their own on the rail."""
