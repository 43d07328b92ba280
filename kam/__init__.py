"""Which customers are key accounts, and what to do with all the others."""
