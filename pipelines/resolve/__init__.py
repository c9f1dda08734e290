"""Resolve: who is who: records into companies and people."""

from pipelines.resolve.decisions import Resolution
from pipelines.resolve.linking import link, resolve

__all__ = ["Resolution", "link", "resolve"]
