"""The example that comes with Keyroom, and what every test of it needs."""
