"""What each family of edits allows; the walk over all kinds is in `tests.test_edits`."""
