"""FDIC BankFind: insured banks of the United States."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.reading import Record, text


def institutions(record: Record) -> Iterator[Card]:
    """One bank a row."""
    certificate = text(record, "CERT")
    if not certificate:
        raise BadRecord(RecordFault.NO_KEY)
    card = Card(Kind.COMPANY, certificate, party=Party.COMPANY)
    card.add("company_name", text(record, "NAME"), "legal")
    card.add("identifier", f"FDIC:{certificate}")
    card.add("status", "active" if text(record, "ACTIVE") == "1" else "inactive")
    card.add(
        "address",
        None,
        "headquarters",
        street_address=text(record, "ADDRESS"),
        locality=text(record, "CITY"),
        region=text(record, "STNAME"),
        postal_code=text(record, "ZIP"),
        country_code="US",
    )
    card.add("website", text(record, "WEBADDR"))
    yield card
