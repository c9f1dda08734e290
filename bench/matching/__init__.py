"""How well and how fast cards are matched: labelled sets and invented worlds, this project's `link` and its peers."""

from bench.matching.contacts import invented, invented_companies
from bench.matching.scoring import scores
from bench.matching.sets import SETS, Labelled

__all__ = ["SETS", "Labelled", "invented", "invented_companies", "scores"]
