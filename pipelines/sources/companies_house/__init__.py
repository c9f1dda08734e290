"""Companies House: the register of companies of the United Kingdom and who controls them."""
