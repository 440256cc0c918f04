"""Reports: what happened in a stretch of days, cut as one asks, down to each receipt."""
