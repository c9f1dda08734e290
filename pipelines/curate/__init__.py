"""Curate: which value of a cluster is shown, and why."""
