"""Tests of the curate stage's rules."""
