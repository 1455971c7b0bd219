"""Totals against their parts, in the text."""
