"""Tests of the source ted_eforms."""
