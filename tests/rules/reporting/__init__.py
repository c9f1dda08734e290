"""Tests of the reporting rules."""
