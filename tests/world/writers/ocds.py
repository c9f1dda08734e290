"""OCDS: authorities and companies of Great Britain in releases, one a line."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.world.model import Firm, Mention, Planted
from tests.world.noise import sometimes

SOURCE = "ocds"


class Writer:
    """Every company of Great Britain buys once; its first person is the contact point."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        """Opens the file."""
        self._file = (folder / "releases.jsonl").open("w", encoding="utf-8")
        self._rng, self._snapshot = rng, snapshot

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        """Writes one release."""
        if firm.country != "GB" or firm.party not in {"company", "public_body"}:
            return
        key = f"ocds-w0rld-{firm.id}/{firm.id}-1/{firm.id}"
        owner = f"ocds-owner-{firm.id}-{self._rng.getrandbits(40):x}"
        self._file.write(json.dumps(self._release(firm, owner), ensure_ascii=False) + "\n")
        yield Planted(SOURCE, "ownership", owner)
        yield Mention(SOURCE, key, "company", firm.id)
        if firm.people:
            yield Mention(SOURCE, f"{key}/contact", "person", firm.people[0].id)

    def _release(self, firm: Firm, owner: str) -> dict[str, Any]:
        party: dict[str, Any] = {
            "id": firm.id,
            "name": sometimes(self._rng, 0.05, firm.name),
            "identifier": {"scheme": "GB-COH", "id": firm.number, "legalName": firm.name},
            "address": {
                "streetAddress": firm.place.street,
                "locality": firm.place.locality,
                "postalCode": firm.place.postal_code,
                "countryName": self._rng.choice(["England", "UK", "United Kingdom"]),
            },
            "details": {"url": f"https://{firm.domain}"},
            "beneficialOwners": [{"name": owner}],
            "roles": ["buyer"],
        }
        if firm.people:
            person = firm.people[0]
            party["contactPoint"] = {
                "name": f"{person.first} {person.last}", "email": person.email, "telephone": firm.phone,
            }  # fmt: skip
        return {
            "ocid": f"ocds-w0rld-{firm.id}", "id": f"{firm.id}-1", "date": f"{self._snapshot}T00:00:00Z",
            "tag": ["award"], "parties": [party],
        }  # fmt: skip

    def close(self) -> None:
        """Ends the file with two malformed records: one without a key, one without a party."""
        self._file.write('{"parties": []}\n{"ocid": "ocds-w0rld-0", "id": "0"}\n')
        self._file.close()
