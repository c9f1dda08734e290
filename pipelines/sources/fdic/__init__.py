"""FDIC BankFind."""
