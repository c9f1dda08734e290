"""Screen: read records as streams, project them to the business card, refuse what is private."""
