"""The schema's history, one change a file; `pos.persistence.schema` runs it."""
