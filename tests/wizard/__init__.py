"""The import wizard: one file of tests for each of its modules, mostly by its screens."""
