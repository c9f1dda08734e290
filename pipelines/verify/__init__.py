"""Verify: normalise and judge one field each."""
