"""The proof that nothing private gets in: an inbox of canaries, and a scanner that looks for them everywhere."""
