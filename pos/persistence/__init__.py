"""The store room: SQLAlchemy lives here and nowhere else, and rows never leave; domain values come and go."""
