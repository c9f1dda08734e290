"""Collect: which files a source has now: snapshots and what makes them complete."""
