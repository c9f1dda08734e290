"""GLEIF, tested on invented records in its true formats."""
