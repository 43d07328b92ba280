"""Workshop to files: the summary, CSV, JSON."""
