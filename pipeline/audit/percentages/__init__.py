"""Percentages against the part and the whole that they must follow from."""
