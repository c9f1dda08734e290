"""Which rule judges which field, and the one function that users call. The rules themselves are in a module a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipelines.card import CARD
from pipelines.verify import (
    address,
    company_name,
    email,
    identifiers,
    person_name,
    phone,
    register,
    social,
    titles,
    website,
)
from pipelines.verify.countries import country_code
from pipelines.verify.outcome import Check, Found, gather

Parts = Mapping[str, str]
Rule = Callable[[str, str, str, Parts], list[Found]]
"""(value, country as ISO 3166 alpha-2 or empty, label, parts) → what was found; at least one."""

RULES: Mapping[str, Rule] = {
    "company_name": lambda value, _country, _label, _parts: company_name.judge(value),
    "full_name": lambda value, country, label, parts: person_name.judge(
        value, country=country, label=label, parts=parts
    ),
    "job_title": lambda value, _country, _label, _parts: titles.judge(value),
    "department": lambda value, _country, _label, _parts: titles.judge_department(value),
    "email_address": lambda value, _country, label, _parts: email.judge(value, label=label),
    "phone": lambda value, country, _label, _parts: phone.judge(value, country),
    "address": lambda value, country, _label, parts: address.judge(value, country, parts),
    "website": lambda value, _country, _label, _parts: website.judge(value),
    "social_profile": lambda value, _country, _label, _parts: social.judge(value),
    "identifier": lambda value, _country, _label, _parts: identifiers.judge(value),
    "relation": lambda value, _country, _label, _parts: identifiers.judge(value),
    "legal_form": lambda value, _country, _label, _parts: company_name.judge_form(value),
    "status": lambda value, _country, _label, _parts: register.judge_status(value),
    "jurisdiction": lambda value, _country, _label, _parts: register.judge_jurisdiction(value),
    "incorporated_on": lambda value, country, _label, _parts: register.judge_date(value, country),
    "dissolved_on": lambda value, country, _label, _parts: register.judge_date(value, country),
    "industry": lambda value, _country, _label, _parts: register.judge_industry(value),
    # columns of a flat card
    "first_name": lambda value, _country, _label, _parts: person_name.judge_part(value, "first_name"),
    "last_name": lambda value, _country, _label, _parts: person_name.judge_part(value, "last_name"),
    "street_address": lambda value, _country, _label, _parts: address.judge_line(value, "street_address"),
    "locality": lambda value, _country, _label, _parts: address.judge_line(value, "locality"),
    "region": lambda value, country, _label, _parts: address.judge_region(value, country),
    "postal_code": lambda value, country, _label, _parts: address.judge_postal_code(value, country),
    "country_code": lambda value, _country, _label, _parts: address.judge_country(value),
    "identifiers": lambda value, _country, _label, _parts: identifiers.judge(value),
}
"""Every field of the business card and every column of a flat card."""

if missing := CARD.keys() - RULES.keys():
    raise RuntimeError(f"fields of the card that nothing verifies: {', '.join(sorted(missing))}")


def judge(field: str, value: str, country: str, label: str, parts: Parts) -> list[Found]:
    """What the field's rule finds in the value; at least one, of which an invalid one has no value.

    Raises:
        ValueError: No such field; the message names it.
    """
    rule = RULES.get(field)
    if rule is None:
        raise ValueError(f"no field {field!r} on the business card")
    return rule(value, country, label, parts)


def check(
    field: str, value: str, country: str | None = None, label: str = "", parts: Mapping[str, str] | None = None
) -> Check:
    """Normalises and judges one raw value.

    Args:
        field: A field of `pipelines.card.CARD` or a column of a flat card (`postal_code`, `identifiers`, …).
        value: The value as the source writes it.
        country: Country to read it in, by any of its names or codes.
        label: What the source says of the value, as in `card.CARD[field].labels`.
        parts: Structured parts of a name or an address; they win over `value`.

    Returns:
        The normal values with verdict, reasons and details.

    Raises:
        ValueError: No such field; the message names it, never the value.
    """
    return gather(judge(field, value, country_code(country) if country else "", label, parts or {}))
