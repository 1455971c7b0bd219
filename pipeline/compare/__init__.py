"""Documents side by side: figures on common indicators, targets beside results, follow-up, versions, proposals."""
