"""Tests of the collect rules."""
