"""Web pages of organisations."""
