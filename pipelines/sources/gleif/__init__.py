"""GLEIF: legal entity identifiers, their reference data and their parents."""
