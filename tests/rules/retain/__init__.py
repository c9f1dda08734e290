"""Tests of the retain rules."""
