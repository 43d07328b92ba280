"""Tests of the parts of the plans page."""
