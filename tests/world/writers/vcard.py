"""vCard: cards of staff, and of some firms, as an old office program, an address book and a telephone write them."""

from __future__ import annotations

import hashlib
import quopri
import random
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.world.model import Firm, Human, Mention, Place, Planted
from tests.world.noise import sometimes

SPACE = uuid.UUID("5a3f2c1e-7d0b-5b52-8a84-0c6f1f7d2b11")
VERSIONS = {"2.1": "office.vcf", "3.0": "addressbook.vcf", "4.0": "telephone.vcf"}
Line = tuple[str, str | list[str]]
PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQE"


class Writer:
    """Writes one file a version; two firms in five are in one of them."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._rng, self._snapshot = rng, snapshot
        self._files = {
            version: (folder / name).open("w", encoding="utf-8", newline="") for version, name in VERSIONS.items()
        }

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        share = zlib.crc32(f"vcard {firm.id}".encode()) % 15
        if share >= 6:
            return
        version = list(VERSIONS)[share % 3]
        for human in firm.people:
            if not human.ended_on or self._rng.random() < 0.3:
                yield from self._person(firm, human, version)
        if self._rng.random() < 0.3 and firm.party == "company":
            yield from self._company(firm, version)

    def close(self) -> None:
        book = self._files["3.0"]
        # a card that lost its end, one that is nothing but noise, and a sound one that names nobody
        book.write("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Short\r\n")
        book.write("BEGIN:VCARD\r\nnot a property\r\nEND:VCARD\r\n")
        book.write("BEGIN:VCARD\r\nVERSION:3.0\r\nCATEGORIES:Friends\r\nEND:VCARD\r\n")
        for file in self._files.values():
            file.close()

    def _person(self, firm: Firm, human: Human, version: str) -> Iterator[Mention | Planted]:
        token = f"{zlib.crc32(f'{firm.id} {human.id}'.encode()):08x}"
        uid = str(uuid.uuid5(SPACE, f"{firm.id} {human.id}")) if self._rng.random() < 0.7 else ""
        name = sometimes(self._rng, 0.02, " ".join(filter(None, (human.first, human.middle, human.last))))
        note, spouse = f"Plays tennis {token}", f"Spouse-{token}"
        lines: list[Line] = [
            *([("UID", f"urn:uuid:{uid}" if version == "4.0" else uid)] if uid else []),
            ("N", [human.last, human.first, human.middle, "", ""]),
            ("FN", name),
            ("ORG", [firm.name, self._rng.choice(["Sales", "Finance, Tax"])]),
            ("TITLE", human.title),
            (_typed("TEL", version, "work", "voice"), self._telephone(firm.phone, human.extension)),
            (_typed("TEL", version, "home"), human.mobile),
            (_typed("EMAIL", version, "work"), human.email),
            (_typed("EMAIL", version, "home"), human.free_mail),
            (_typed("ADR", version, "work"), _address(firm.place)),
            (_typed("ADR", version, "home"), _address(human.home)),
            (_typed("URL", version, "work"), f"https://www.{firm.domain}"),
            ("BDAY", human.birth_date),
            ("X-SPOUSE", spouse),
            ("NOTE", note),
            ("REV", f"{firm.updated_on}T08:00:00Z"),
            *([("CLASS", "PRIVATE")] if self._rng.random() < 0.02 else []),
        ]
        self._write(version, lines, picture=self._rng.random() < 0.5)
        key = uid or _hash(name, firm.name, human.email, human.free_mail)
        if name == firm.name:  # a sole trader's card names nobody beside the firm
            yield Mention("vcard", key, "company", firm.id)
        else:
            yield Mention("vcard", f"{key}/org/1", "company", firm.id)
            yield Mention("vcard", key, "person", human.id)
        yield Planted("vcard", "family", spouse)
        yield Planted("vcard", "free_text", note)
        yield Planted("vcard", "home", human.mobile)
        yield Planted("vcard", "home", human.free_mail)
        yield Planted("vcard", "home", human.home.street)

    def _company(self, firm: Firm, version: str) -> Iterator[Mention | Planted]:
        box = f"info@{firm.domain}"
        lines: list[Line] = [
            *([("KIND", "org")] if version == "4.0" else []),
            ("N", ["", "", "", "", ""]),
            ("FN", firm.name),
            ("ORG", [firm.name]),
            (_typed("TEL", version, "work"), self._telephone(firm.phone, "")),
            ("EMAIL", box),
            (_typed("ADR", version, "work"), _address(firm.place)),
            ("URL", f"www.{firm.domain}"),
            ("REV", firm.updated_on.replace("-", "") + "T080000Z"),
        ]
        self._write(version, lines, picture=False)
        yield Mention("vcard", _hash(firm.name, firm.name, box), "company", firm.id)

    def _telephone(self, number: str, extension: str) -> str:
        written = self._rng.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}"])
        return f"{written} ext. {extension}" if extension else written

    def _write(self, version: str, lines: list[Line], *, picture: bool) -> None:
        write = self._files[version].write
        write(f"BEGIN:VCARD\r\nVERSION:{version}\r\n")
        for name, value in lines:
            write(_old(name, value) if version == "2.1" else _folded(f"{name}:{_escaped(value)}"))
        if picture:
            parameters = "ENCODING=BASE64;JPEG" if version == "2.1" else "ENCODING=b;TYPE=JPEG"
            write(f"PHOTO;{parameters}:{PICTURE}\r\n {PICTURE}\r\n {PICTURE}\r\n\r\n")
        write("END:VCARD\r\n")


def _typed(name: str, version: str, *types: str) -> str:
    """The name with its types as the version writes them."""
    if version == "2.1":
        return ";".join([name, *(each.upper() for each in types)])
    return f'{name};TYPE="{",".join(types)}"' if version == "4.0" else f"{name};TYPE={','.join(types).upper()}"


def _address(place: Place) -> list[str]:
    return ["", "", place.street, place.locality, place.region, place.postal_code, place.country]


def _escaped(value: str | list[str]) -> str:
    if isinstance(value, list):
        return ";".join(map(_escaped, value))
    return value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _old(name: str, value: str | list[str]) -> str:
    """A line of version 2.1: what is not ASCII is quoted printable."""
    written = ";".join(each.replace(";", "\\;") for each in ([value] if isinstance(value, str) else value))
    if written.isascii():
        return f"{name}:{written}\r\n"
    quoted = quopri.encodestring(written.encode()).decode().replace("\n", "\r\n")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}\r\n"


def _folded(line: str) -> str:
    return "\r\n ".join(line[start : start + 70] for start in range(0, len(line), 70)) + "\r\n"


def _hash(*names: str) -> str:
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:20]
