"""Who is at the till: the first thing painted, before the books are open."""
