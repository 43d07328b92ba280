"""Fuzzing for hours outside the tests; what it finds becomes a test."""
