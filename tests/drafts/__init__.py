"""Tests of the drafts of plans, kind by kind."""
