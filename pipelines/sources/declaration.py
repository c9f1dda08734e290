"""The model of a source.yml: what a source is, which files it has, and what of each record may be read.

What belongs here: the shape of a declaration and what makes one refuse to load. What does not: reading files.
"""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipelines.collect.limits import MEMBERS
from pipelines.reasons import Refusal

Sentence = Annotated[str, StringConstraints(min_length=10, strip_whitespace=True)]
Path = Annotated[str, StringConstraints(min_length=1)]
Group = Literal["registers", "filings", "notices", "places", "pages", "cards"]

FIELD_REFUSALS = frozenset(str(member) for member in Refusal)


class Model(BaseModel):
    """A declaration refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Csv(Model):
    """Separated values with a header line, all text."""

    kind: Literal["csv"]
    encoding: str = "utf-8-sig"
    delimiter: str = ","


class JsonLines(Model):
    """One JSON object a line."""

    kind: Literal["jsonl"]
    encoding: str = "utf-8"


class Json(Model):
    """Objects inside one JSON document; `items` is the path of the records, empty for the document itself.

    A path is names with `/` between; `[]` stands for every item of a list, `*` for every value of an object. Name the
    items of a long list (`records/[]`): a path that ends at the list itself reads the whole list at once.
    """

    kind: Literal["json"]
    items: str = ""


class Xml(Model):
    """Elements of one XML document; `record` is the local name of a record's element, empty for the root itself."""

    kind: Literal["xml"]
    record: str = ""


class FixedWidth(Model):
    """Lines cut at fixed columns: `columns` maps a name to [start, end), counted from 0; `record` filters lines.

    `end` is what the last line matches: a file that ends otherwise was cut.
    """

    kind: Literal["fixed_width"]
    encoding: str = "latin-1"
    columns: dict[str, tuple[int, int]]
    record: str = ""
    end: str = ""


class VCard(Model):
    """vCard 2.1, 3.0 and 4.0, several to a file."""

    kind: Literal["vcard"]


class Html(Model):
    """The structured data of a web page: JSON-LD, microdata, h-card."""

    kind: Literal["html"]


Format = Annotated[Csv | JsonLines | Json | Xml | FixedWidth | VCard | Html, Field(discriminator="kind")]


class Volume(Model):
    """How many records a snapshot of this feed holds when all is well; below `min` the file is refused."""

    min: int = 0


class Feed(Model):
    """One kind of file that a source publishes, and what of its records may be read.

    A field is named by its path: names with `/` between, lists passed through, XML attributes as `@name`; `*` stands
    for one name or a part of one, a `**` at the end for everything below. The most exact pattern wins.

    Attributes:
        files: Patterns of file names (shell style, case ignored).
        sniff: A regular expression that the first 64 KiB must match, where names do not tell the feeds apart.
        urls: Where the feed is published.
        format: How the file is read.
        taken: Fields the parser may see.
        optional: Taken fields that a header may lack.
        refused: Fields dropped unread, with the category of refusal.
        ignored: Fields that are of no use here.
        confirms: What a record's presence proves: `snapshot` when the feed is the whole current register, so that
            whoever stands in it is confirmed on the day of the snapshot; `record` when each record is a document of
            its own date.
        volume: Bounds on the number of records.
    """

    files: list[str] = Field(min_length=1)
    sniff: str = ""
    urls: list[str] = []
    format: Format
    taken: list[Path] = Field(min_length=1)
    optional: list[Path] = []
    refused: dict[Path, str] = {}
    ignored: list[Path] = []
    confirms: Literal["snapshot", "record"] = "record"
    volume: Volume = Volume()

    @model_validator(mode="after")
    def _is_sound(self) -> Feed:
        named = [*self.taken, *self.optional, *self.refused, *self.ignored]
        twice = {path for path in named if named.count(path) > 1}
        if twice:
            raise ValueError(f"named twice: {', '.join(sorted(twice))}")
        unknown = set(self.refused.values()) - FIELD_REFUSALS
        if unknown:
            raise ValueError(f"no such category of refusal: {', '.join(sorted(unknown))}")
        try:
            re.compile(self.sniff)
        except re.error as error:
            raise ValueError(f"sniff is no regular expression: {error}") from None
        return self

    def holds(self, name: str, head: str) -> bool:
        """Whether a file of this name, beginning with `head`, is of this feed."""
        named = any(fnmatch(name.lower(), pattern.lower()) for pattern in self.files)
        return named and (not self.sniff or re.search(self.sniff, head) is not None)


class KnownFile(Model):
    """Files that the source publishes and this project does not read, and why."""

    files: list[str] = Field(min_length=1)
    sniff: str = ""
    why: Sentence


class Source(Model):
    """A source of public business contacts.

    Attributes:
        id: Name of its folder, and of its assets.
        title: What it is called.
        publisher: Who publishes it.
        url: Its home page.
        licence: Under what terms it may be used.
        share_alike: Whether its rows pass their licence on.
        family: Group of sources that copy from each other: within a family nothing corroborates.
        group: The kind of source; its asset group is `collect/<group>`.
        country: ISO 3166 alpha-2 of its subjects, empty where they are of many countries.
        cadence: How often it is published.
        trust: Chance (0 to 1) that a value is right on the day of publication; a prior.
        members: How many files one of its archives may hold.
        organisations_only: Whether it lists organisations only, so that a record without legal form is one.
        lawful_basis: Why it may be held, in one sentence.
        access: The decision on its terms of access (robots, terms, rate), in one sentence.
        feeds: Its files.
        known_files: Files that are its own and not read.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    title: str
    publisher: str
    url: str
    licence: str
    share_alike: bool = False
    family: str
    group: Group
    country: str = ""
    cadence: Literal["continuous", "daily", "weekly", "monthly", "quarterly", "yearly", "by hand"]
    trust: float = Field(gt=0, lt=1)
    members: int = MEMBERS
    organisations_only: bool = False
    lawful_basis: Sentence
    access: Sentence
    feeds: dict[str, Feed] = Field(min_length=1)
    known_files: list[KnownFile] = []

    def feed_of(self, name: str, head: str) -> str | None:
        """Name of the first feed that holds the file, or None."""
        return next((feed for feed, spec in self.feeds.items() if spec.holds(name, head)), None)

    def bears(self, name: str) -> bool:
        """Whether the name, whatever the content, is one of a feed that is data and not a web page."""
        lowered = name.lower()
        return any(
            fnmatch(lowered, pattern.lower())
            for feed in self.feeds.values()
            if feed.format.kind != "html"
            for pattern in feed.files
        )

    def knows(self, name: str, head: str) -> bool:
        """Whether the file is one that the source publishes and this project does not read."""
        lowered = name.lower()
        return any(
            any(fnmatch(lowered, pattern.lower()) for pattern in known.files)
            and (not known.sniff or re.search(known.sniff, head) is not None)
            for known in self.known_files
        )
