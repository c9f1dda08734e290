"""Resolve: who is who: records into companies and people."""
