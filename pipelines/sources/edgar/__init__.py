"""SEC EDGAR: filers, notices of offerings and insiders' statements."""
