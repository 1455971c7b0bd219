"""From normalised text to mentions: citations, dates, quantities, agencies."""
