"""The command palette: every action, item, receipt and person, by a few letters."""
