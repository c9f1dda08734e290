"""The invented worlds by name, each of people and of companies."""

from __future__ import annotations

from collections.abc import Callable

from bench.matching.contacts import invented, invented_companies
from bench.matching.febrl import febrl
from bench.matching.hard_companies import hard_companies
from bench.matching.hard_people import hard_people
from bench.matching.sets import Labelled

WORLDS: dict[str, dict[str, Callable[[int, int], Labelled]]] = {
    "plain": {"person": invented, "company": invented_companies},
    "febrl": {"person": lambda rows, seed: febrl("person", rows, seed),
              "company": lambda rows, seed: febrl("company", rows, seed)},
    "hard": {"person": hard_people, "company": hard_companies},
}  # fmt: skip
"""Makers of a world by kind: of so many cards, from a seed."""
