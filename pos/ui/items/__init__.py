"""What the shop sells and what lies there: list, form, stock, import and labels."""
