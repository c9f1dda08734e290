"""Web pages: a page of a firm with JSON-LD, microdata or h-cards in it, and its people."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from tests.world.model import Firm, Human, Mention, Planted
from tests.world.noise import sometimes


class Writer:
    """Writes one page a firm for two firms in five, in one of three markups."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._folder, self._rng, self._snapshot = folder, rng, snapshot

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        share = zlib.crc32(f"web {firm.id}".encode()) % 15
        if share >= 6:
            return
        people = [human for human in firm.people if not human.ended_on or self._rng.random() < 0.1]
        markups: tuple[tuple[Callable[[Firm, list[Human]], str], Callable[[int], tuple[str, str]]], ...] = (
            (self._json_ld, _numbered),
            (self._microdata, _numbered),
            (self._h_cards, _h_numbered),
        )
        write, keys = markups[share % 3]
        url = f"https://www.{firm.domain}/contact" if self._rng.random() < 0.7 else ""
        content = self._page(firm, url, write(firm, people)).encode()
        (self._folder / f"{firm.domain}.html").write_bytes(content)
        page = url or hashlib.sha256(content).hexdigest()[:20]
        yield from _truth(firm, people, page, keys)

    def close(self) -> None:
        """Adds a page without structured data, and one whose script is cut but whose h-card is sound markup."""
        (self._folder / "error.html").write_text("<!doctype html><title>404</title><p>Not found", "utf-8")
        script = '<script type="application/ld+json">{"@type": "Organization", "name": "Cut</script>'
        (self._folder / "cut.html").write_text(f"<!doctype html>{script}<p>Nothing else", "utf-8")

    def _page(self, firm: Firm, url: str, body: str) -> str:
        canonical = f'<link rel="canonical" href="{url}">' if url else ""
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(firm.short)}</title>'
            f"{canonical}</head>\n<body><h1>{escape(firm.short)}</h1>\n{body}\n</body></html>\n"
        )

    def _json_ld(self, firm: Firm, people: list[Human]) -> str:
        organisation = {
            "@type": "Organization",
            "@id": "#organisation",
            "name": firm.trading or firm.short,
            "legalName": sometimes(self._rng, 0.01, firm.name),
            "url": f"https://www.{firm.domain}",
            "email": f"mailto:info@{firm.domain}",
            "contactPoint": {"@type": "ContactPoint", "telephone": firm.phone, "contactType": "customer service"},
            "address": {
                "@type": "PostalAddress",
                "streetAddress": firm.place.street,
                "addressLocality": firm.place.locality,
                "addressRegion": firm.place.region,
                "postalCode": firm.place.postal_code,
                "addressCountry": firm.place.country,
            },
            "sameAs": [f"https://www.linkedin.com/company/{firm.domain.partition('.')[0]}"],
            **({"leiCode": firm.lei} if firm.lei else {}),
            "employee": [self._json_person(firm, human) for human in people],
        }
        site = {"@type": "WebSite", "url": f"https://www.{firm.domain}", "publisher": {"@id": "#organisation"}}
        text = json.dumps({"@context": "https://schema.org", "@graph": [organisation, site]}, indent=1)
        if self._rng.random() < 0.3:  # what careless templates leave in
            text = "<!-- site data -->\n" + text.replace('"@context"', '// the vocabulary\n"@context"')
        return f'<script type="application/ld+json">\n{text}\n</script>'

    def _json_person(self, firm: Firm, human: Human) -> dict[str, object]:
        return {
            "@type": "http://schema.org/Person",
            "name": f"{human.first} {human.last}",
            "givenName": human.first,
            "familyName": human.last,
            "jobTitle": human.title,
            "email": human.email,
            "birthDate": human.birth_date,
            "nationality": {"@type": "Country", "name": _secret("Nation", firm, human)},
            "homeLocation": {"@type": "Place", "address": {"streetAddress": human.home.street}},
        }

    def _microdata(self, firm: Firm, people: list[Human]) -> str:
        place = firm.place
        staff = "\n".join(
            f"""<li itemprop="employee" itemscope itemtype="http://schema.org/Person">
              <b itemprop="name">{escape(f"{human.first} {human.last}")}</b>
              <i itemprop="jobTitle">{escape(human.title)}</i>
              <a itemprop="email" href="mailto:{human.email}">write</a>
              <meta itemprop="nationality" content="{_secret("Nation", firm, human)}">
              <span itemprop="homeLocation" itemscope itemtype="http://schema.org/Place">
              <i itemprop="name">{escape(human.home.street)}</i></span></li>"""
            for human in people
        )
        return f"""<div itemscope itemtype="https://schema.org/LocalBusiness">
            <h2 itemprop="name">{escape(firm.name)}</h2>
            <p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
            <span itemprop="streetAddress">{escape(place.street)}</span>
            <span itemprop="postalCode">{escape(place.postal_code)}</span>
            <span itemprop="addressLocality">{escape(place.locality)}</span>
            <meta itemprop="addressCountry" content="{place.country}"></p>
            <a itemprop="telephone" href="tel:{firm.phone}">call</a>
            <a itemprop="url" href="https://www.{firm.domain}">home</a><ul>{staff}</ul></div>"""

    def _h_cards(self, firm: Firm, people: list[Human]) -> str:
        own = f"""<div class="h-card"><a class="p-name p-org u-url" href="https://www.{firm.domain}">
            {escape(firm.name)}</a>
            <span class="p-tel">{firm.phone}</span>
            <a class="u-email" href="mailto:info@{firm.domain}">write</a></div>"""
        staff = (
            f"""<div class="vcard"><span class="fn">{escape(f"{human.first} {human.last}")}</span>
            <span class="org">{escape(firm.name)}</span> <span class="title">{escape(human.title)}</span>
            <span class="tel"><span class="type">Work</span> <span class="value">{firm.phone}</span></span>
            <span class="tel"><span class="type">Home</span> <span class="value">{human.mobile}</span></span>
            <a class="email" href="mailto:{human.email}">write</a>
            <p class="note">{_secret("Nation", firm, human)}, {escape(human.home.street)}</p></div>"""
            for human in people
        )
        return "\n".join([own, *staff])


def _secret(kind: str, firm: Firm, human: Human) -> str:
    return f"{kind}-{zlib.crc32(f'web {firm.id} {human.id}'.encode()):08x}"


def _numbered(number: int) -> tuple[str, str]:
    """Keys of the organisation and of the person with this number where both are nodes of the page."""
    return "#1", f"#{number + 1}"


def _h_numbered(number: int) -> tuple[str, str]:
    """The same where each person's h-card names the organisation again."""
    return f"#h{number + 1}/org/1", f"#h{number + 1}"


def _truth(
    firm: Firm, people: list[Human], page: str, keys: Callable[[int], tuple[str, str]]
) -> Iterator[Mention | Planted]:
    own = "#h1" if keys is _h_numbered else "#1"
    yield Mention("web", page + own, "company", firm.id)
    for number, human in enumerate(people, start=1):
        company, person = keys(number)
        if company != own and f"{human.first} {human.last}" == firm.name:
            # a sole trader's h-card names nobody beside the firm
            yield Mention("web", page + person, "company", firm.id)
        else:
            if company != own:
                yield Mention("web", page + company, "company", firm.id)
            yield Mention("web", page + person, "person", human.id)
        yield Planted("web", "nationality", _secret("Nation", firm, human))
        yield Planted("web", "home", human.home.street)
        if keys is _h_numbered:
            yield Planted("web", "home", human.mobile)
