"""Tests of the verifying rules."""
