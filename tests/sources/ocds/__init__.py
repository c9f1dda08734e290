"""Tests of the source ocds."""
