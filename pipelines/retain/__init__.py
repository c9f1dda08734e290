"""Retain: how long what is kept, as policy data."""
