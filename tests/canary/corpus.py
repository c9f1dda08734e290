"""The canaries: an inbox with one invented subject per forbidden class, source format and language, each with a token.

What belongs here: the values that must not come through, and beside them controls that must, which prove that the
records were read. What does not: looking for them (`scanner.py`).
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.card import card_id
from tests.canary.scanner import BIRTH_YEAR, Secret

SEED = 1907
LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
TITLES = {
    "en": ("Parish Priest", "Shop Steward", "Party Treasurer"),
    "de": ("Pfarrerin", "Gewerkschaftssekretärin", "Parteivorsitzender"),
    "fr": ("Prêtre", "Déléguée syndicale", "Trésorier du parti"),
    "es": ("Sacerdote", "Delegada sindical", "Secretario general del partido"),
    "it": ("Parroco", "Rappresentante sindacale", "Segretario di partito"),
    "pl": ("Proboszcz", "Delegat związkowy", "Skarbnik partii"),
}
"""A religious, a union and a party office by language."""
SECTORS = {
    "en": "{} Parish Church",
    "de": "Evangelische Kirchengemeinde {}",
    "fr": "Paroisse Saint-{}",
    "es": "Sindicato de {}",
    "it": "Parrocchia di {}",
    "pl": "Parafia {}",
}
"""Names of organisations at which nobody may be named."""
DWELLINGS = {
    "en": "Flat 3, {} Road",
    "de": "{}straße 4, Wohnung 7",
    "fr": "Appartement 3, rue {}",
    "es": "Calle {} 5, piso 2",
    "it": "Via {} 8, interno 4",
    "pl": "ul. {} 5, mieszkanie 2",
}
"""Streets with the signs of a dwelling."""


@dataclass(frozen=True, slots=True)
class Canary:
    """One planted value.

    Attributes:
        source: In whose files.
        kind: The forbidden class, or `control`.
        token: What to search for.
        value: The whole value as written.
        kept: Whether it may come through and must.
    """

    source: str
    kind: str
    token: str
    value: str
    kept: bool = False

    @property
    def secret(self) -> Secret:
        """What the scanner is told."""
        return Secret(self.token, (self.value,))


@dataclass
class Plant:
    """Makes the canaries of one source.

    Attributes:
        source: Its id.
        folder: Its folder in the inbox.
        rng: Where the tokens come from.
        canaries: Those made so far.
        suppressed: Keys of cards that are on the list of suppressions.
    """

    source: str
    folder: Path
    rng: random.Random
    canaries: list[Canary] = field(default_factory=list)
    suppressed: list[str] = field(default_factory=list)

    def text(self, kind: str, form: str = "{}") -> str:
        """A text with a unique word in it."""
        token = "zq" + "".join(self.rng.choices(string.ascii_lowercase.replace("q", ""), k=10))
        return self._made(kind, token, form.format(token.capitalize() if form[0] == "{" else token))

    def mail(self, kind: str, domain: str) -> str:
        """An e-mail address with a unique mailbox."""
        return self.text(kind, f"x.{{}}@{domain}")

    def phone(self, kind: str, prefix: str = "+44 7") -> str:
        """A telephone number; its token is the national number."""
        country, _, start = prefix.partition(" ")
        digits = start + "".join(self.rng.choices(string.digits, k=10 - len(start)))
        return self._made(kind, digits, f"{country} {digits[:4]} {digits[4:]}".strip())

    def birthday(self, form: str = "{0}-{1}-{2}") -> str:
        """A date of birth, unique by its year."""
        taken = {canary.token for canary in self.canaries}
        while True:
            month, day = f"{self.rng.randrange(1, 13):02}", f"{self.rng.randrange(1, 29):02}"
            if f"{BIRTH_YEAR}-{month}-{day}" not in taken:
                return self._made("birth", f"{BIRTH_YEAR}-{month}-{day}", form.format(BIRTH_YEAR, month, day))

    def payment_card(self) -> str:
        """The number of a payment card with its check digit."""
        digits = [4, *(self.rng.randrange(10) for _ in range(14))]
        doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[::2]) + sum(digits[1::2])
        number = "".join(map(str, [*digits, -doubled % 10]))
        return self._made("card_number", number, " ".join(number[at : at + 4] for at in range(0, 16, 4)))

    def control(self, form: str = "{} Limited") -> str:
        """A name of a company that must come through."""
        return self._kept(self.text("control", form))

    def control_phone(self, prefix: str) -> str:
        """A telephone number of an organisation that must come through."""
        return self._kept(self.phone("control", prefix))

    def write(self, name: str, content: str) -> None:
        """Writes one file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(content, "utf-8", newline="")

    def _kept(self, value: str) -> str:
        last = self.canaries.pop()
        self.canaries.append(Canary(self.source, last.kind, last.token, last.value, kept=True))
        return value

    def _made(self, kind: str, token: str, value: str) -> str:
        self.canaries.append(Canary(self.source, kind, token, value))
        return value


@dataclass(frozen=True, slots=True)
class Corpus:
    """A whole inbox.

    Attributes:
        canaries: Everything planted.
        suppressed: Ids of cards that are on the list of suppressions before the first run.
    """

    canaries: tuple[Canary, ...]
    suppressed: tuple[str, ...]

    @property
    def secrets(self) -> list[Secret]:
        """What must be nowhere."""
        return [canary.secret for canary in self.canaries if not canary.kept]

    @property
    def controls(self) -> list[Canary]:
        """What must have come through."""
        return [canary for canary in self.canaries if canary.kept]


def write(inbox: Path, seed: int = SEED) -> Corpus:
    """Writes the inbox of all nine sources; the same seed gives the same bytes."""
    from tests.canary import writers  # noqa: PLC0415 - the writers import this module's names

    rng, plants = random.Random(seed), []
    for source, write_source in writers.SOURCES.items():
        plants.append(Plant(source, inbox / source, rng))
        write_source(plants[-1])
    return Corpus(
        tuple(canary for plant in plants for canary in plant.canaries),
        tuple(sorted(_ids(plants))),
    )


def _ids(plants: list[Plant]) -> Iterator[str]:
    for plant in plants:
        yield from (card_id(plant.source, key) for key in plant.suppressed)
