"""Open Contracting Data Standard releases."""
