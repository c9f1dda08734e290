"""Against raw values that people have put right by hand: how many come out as they did."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.verify import check

MALFORMED = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples" / "malformed"
LEAST = {"type.email": 0.90, "type.url": 0.93}

pytestmark = pytest.mark.skipif(not MALFORMED.is_dir(), reason="the shared samples are not beside the checkout")


def pairs(kind: str) -> list[tuple[str, set[str]]]:
    """Raw values and the values that a person took from each; those found outside the value are left out."""
    found = []
    for line in (MALFORMED / "opensanctions_lookups.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != kind:
            continue
        expected = _expected(row["curated"])
        raw = _unmasked(row["raw"], expected)
        if all(_stands_in(value, raw) for value in expected):
            found.append((raw, {value.lower() for value in expected}))
    return found


def _expected(curated: Any) -> list[str]:
    if curated is None or curated == "<unset>":
        return []
    return curated if isinstance(curated, list) else [curated]


def _unmasked(raw: str, expected: list[str]) -> str:
    """The samples hide letters before the last at sign: domains and the word `and`, which the expectation tells."""
    for value in expected:
        local, _, domain = value.partition("@")
        raw = raw.replace(f"{local}@{re.sub('[a-z]', 'x', domain)}", value, 1) if domain else raw
    return re.sub(r"(^|\s)xxx (?=\S+@)", r"\1and ", raw) if expected and "@" in expected[0] else raw


def _stands_in(value: str, raw: str) -> bool:
    """Whether the letters and digits of the value stand in the raw one, in this order."""
    rest = iter(raw.lower())
    return all(mark in rest for mark in value.lower() if mark.isalnum())


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).partition("#")[0].rstrip("/")


def test_email_addresses() -> None:
    rows = pairs("type.email")
    right = sum(set(check("email_address", raw).values) == expected for raw, expected in rows)
    assert len(rows) > 100
    assert right / len(rows) >= LEAST["type.email"]


def test_web_addresses() -> None:
    rows = pairs("type.url")
    right = sum({_bare(url) for url in check("website", raw).values} == {_bare(url) for url in expected}
                for raw, expected in rows)  # fmt: skip
    assert len(rows) > 80
    assert right / len(rows) >= LEAST["type.url"]


def test_odd_web_addresses_of_a_register() -> None:
    for raw in json.loads((MALFORMED / "fdic_webaddr_odd.json").read_text("utf-8")):
        found = check("website", raw)
        hosts = {re.split("[/:]", value.partition("://")[2])[0] for value in found.values}
        assert bool(hosts) == (raw != "N/A")
        assert len(hosts) == (2 if ";" in raw or "/www." in raw.partition("//")[2].partition(".")[2] else len(hosts))
        assert all("," not in host and not host.endswith(".") and host != "https" for host in hosts)
