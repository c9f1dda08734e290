"""Screen: read records as streams, project them to the business card, refuse what is private."""

from __future__ import annotations

from pipelines.screen.judging import Judgement, judge

__all__ = ["Judgement", "judge"]
