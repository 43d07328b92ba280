"""The method: pure functions, each with formula, range, limits and source."""
