"""The tests; `python -m tests` runs format, lint, types, tests and browser tests."""
