"""Reporting: numbers into small pictures."""
