"""Every page: cold, empty, with the example, after an edit."""
