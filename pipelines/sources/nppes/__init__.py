"""NPPES, the register of health-care providers of the United States."""
