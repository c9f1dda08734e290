"""Verify: normalise and judge one field each."""

from pipelines.verify.fields import check
from pipelines.verify.outcome import Check, Found, Status

__all__ = ["Check", "Found", "Status", "check"]
