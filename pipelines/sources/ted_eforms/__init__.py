"""TED eForms notices."""
