"""Rights: what a person may ask, and how it stays done."""
