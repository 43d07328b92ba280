"""What the drafts of plans are made of, one file for each kind of customer (method.md 10)."""
