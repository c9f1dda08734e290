"""Tests of the sources rules."""
