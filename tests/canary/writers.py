"""The canaries in the true formats of the nine sources, as far as each format can carry a class."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.canary.corpus import DWELLINGS, SECTORS, TITLES, Plant
from tests.world.writers import companies_house as british
from tests.world.writers import fdic as banks
from tests.world.writers import nppes as providers

FREE = ("gmail.com", "web.de", "yahoo.fr", "wp.pl", "libero.it")
DAY = "2026-10-01"


# --- vCard ------------------------------------------------------------------------------------------------------------


def vcard(plant: Plant) -> None:
    """One card a class in each of the three versions."""
    for version in ("2.1", "3.0", "4.0"):
        cards = [_vcard(plant, version, *lines) for lines in _private_lines(plant, version)]
        cards += _whole_cards(plant, version)
        noise = f"BEGIN:VCARD\r\n{plant.text('malformed')} is no property\r\nEND:VCARD\r\n"
        cards.append(_public(plant, version))
        plant.write(f"cards-{version}.vcf", "".join([noise, *cards]))


def _public(plant: Plant, version: str) -> str:
    """A card of which everything may come through."""
    company = plant.control("{} GmbH")
    word = company.partition(" ")[0].lower()
    phone = plant.control_phone("+49 30")
    lines = (f"{_types('EMAIL', version, 'work')}:ada.byron@{word}.de", f"{_types('TEL', version, 'work')}:{phone}")
    return _vcard(plant, version, *lines, name=plant.control("Ada {}"), company=company)


def _vcard(plant: Plant, version: str, *lines: str, name: str = "Ada Byron", company: str = "", uid: str = "") -> str:
    company = company or plant.control("{} Werke GmbH")
    first, _, last = name.partition(" ")
    title = () if any(line.startswith("TITLE") for line in lines) else ("TITLE:Head of Sales",)
    head = (f"N:{last};{first};;;", f"FN:{name}", f"ORG:{company}", *title, f"REV:{DAY}T08:00:00Z")
    own = (f"UID:{uid}",) if uid else ()
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *own, *head, *lines, "END:VCARD", ""])


def _types(name: str, version: str, *types: str) -> str:
    """A property with its types as the version writes them."""
    if version == "2.1":
        return ";".join([name, *(each.upper() for each in types)])
    return f"{name};TYPE={','.join(types)}"


def _private_lines(plant: Plant, version: str) -> Iterable[tuple[str, ...]]:
    """Lines that must be dropped from a card that is kept."""
    picture = base64.b64encode(plant.text("photo", "\x01\x02 JFIF {} \x03\x04").encode()).decode()
    yield (f"BDAY:{plant.birthday()}",)
    yield (f"BDAY:{plant.birthday('{0}{1}{2}')}", f"BIRTHPLACE:{plant.text('birth')}")
    yield (f"X-NATIONALITY:{plant.text('nationality')}", f"X-RESIDENCE:{plant.text('residence')}")
    yield (f"GENDER:O;{plant.text('gender')}", f"X-GENDER:{plant.text('gender')}")
    yield (f"X-SPOUSE:{plant.text('family')}", f"RELATED;TYPE=child:{plant.text('family')}")
    yield (f"X-SSN:{plant.text('personal_id')}", f"X-PASSPORT:{plant.text('personal_id')}")
    yield (f"PHOTO;ENCODING=b;TYPE=JPEG:{picture}",)
    yield (f"PHOTO;VALUE=uri:https://pictures.example.net/{plant.text('photo')}.jpg",)
    yield (f"{_types('ADR', version, 'home')}:;;{plant.text('home_address', '{} Lane 3')};Leeds;;LS1 4AP;GB",)
    for street in DWELLINGS.values():
        yield (f"{_types('ADR', version, 'work')}:;;{plant.text('home_address', street)};Sometown;;;DE",)
    yield (f"{_types('TEL', version, 'home')}:{plant.phone('home_phone', '+44 113')}",)
    number = plant.phone("home_phone", "+44 113")
    yield (f"{_types('TEL', version, 'home')}:{number}", f"{_types('TEL', version, 'work')}:{number}")
    yield (f"{_types('TEL', version, 'cell')}:{plant.phone('mobile')}", f"TEL:{plant.phone('mobile', '+49 1511')}")
    yield (f"{_types('TEL', version, 'pager')}:{plant.phone('pager', '+44 113')}",)
    yield (f"{_types('TEL', version, 'work')}:{plant.phone('premium', '+44 909')}",)
    yield (f"{_types('EMAIL', version, 'home')}:{plant.mail('home_mail', 'zephyrworks.co.uk')}",)
    for domain in FREE:
        yield (f"{_types('EMAIL', version, 'work')}:{plant.mail('free_mail', domain)}",)
    for domain in ("mailinator.com", "privaterelay.appleid.com"):
        yield (f"EMAIL:{plant.mail('disposable_mail', domain)}",)
    yield (f"EMAIL:{plant.mail('isp_mail', 'telia.com')}", f"EMAIL:{plant.mail('special_mail', '[192.0.2.7]')}")
    yield (f"EMAIL:{plant.mail('personal_domain', 'adabyron.com')}",)
    yield (f"X-SALARY:{plant.text('money')}", f"X-HOLDINGS:{plant.text('money')}")
    yield (f"NOTE:{plant.text('free_text', 'Plays the cello with {} on Sundays')}",)
    yield (f"NICKNAME:{plant.text('not_on_card')}", f"HOBBY:{plant.text('not_on_card')}")
    yield (f"IMPP:xmpp:{plant.text('not_on_card')}@chat.example",)
    yield (
        f"URL:https://{plant.text('private_network')}.tumblr.com/",
        f"URL:https://tinder.com/{plant.text('private_network')}",
    )
    yield (f"X-SOCIALPROFILE;TYPE=facebook:https://www.facebook.com/{plant.text('private_network')}",)
    yield (f"TITLE:Clerk {plant.payment_card()}",)
    yield (f"ZQPROPERTY:{plant.text('drift')}",)
    yield (f"DIET:{plant.text('sensitive_field')}", f"RELIGION:{plant.text('sensitive_field')}")


def _whole_cards(plant: Plant, version: str) -> Iterable[str]:
    """Cards whose person must not come through at all."""
    for titles in TITLES.values():
        for title in titles:
            yield _vcard(plant, version, f"TITLE:{title}", name=plant.text("sensitive_title", "Ada {}"))
    for name in SECTORS.values():
        company = plant.control(name)
        yield _vcard(plant, version, name=plant.text("sensitive_sector", "Ada {}"), company=company)
    for level in ("PRIVATE", "CONFIDENTIAL"):
        name, company = plant.text("source_restriction", "Ada {}"), plant.text("source_restriction", "{} GmbH")
        yield _vcard(plant, version, f"CLASS:{level}", name=name, company=company)
    uid = f"suppressed-{version}"
    plant.suppressed.append(uid)
    yield _vcard(plant, version, name=plant.text("suppressed", "Ada {}"), uid=uid)
    # a person of no company, and one whose company may be a household
    mail = plant.mail("no_role", "zephyrworks.co.uk")
    yield f"BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{plant.text('no_role', 'Ada {}')}\r\nEMAIL:{mail}\r\nEND:VCARD\r\n"
    own = plant.text("sole_trader", "x.{}@carpentry.co.uk"), plant.phone("sole_trader", "+44 113")
    lines = (f"EMAIL:{own[0]}", f"{_types('TEL', version, 'work')}:{own[1]}")
    yield _vcard(plant, version, *lines, company=plant.control("Ada Byron {} e.K."))


# --- web pages --------------------------------------------------------------------------------------------------------


def web(plant: Plant) -> None:
    """A page a class in JSON-LD, and the same classes in microdata and h-cards where these can say them."""
    for number, properties in enumerate(_private_properties(plant)):
        plant.write(f"ld-{number}.html", _page(_script(_node(plant.control(), properties)), number))
    for number, (language, titles) in enumerate(TITLES.items(), start=200):
        people = [{"name": plant.text("sensitive_title", "Ada {}"), "jobTitle": title} for title in titles]
        plant.write(f"titles-{language}.html", _page(_script(_node(plant.control(), *people)), number))
    for number, (language, name) in enumerate(SECTORS.items(), start=300):
        person = {"name": plant.text("sensitive_sector", "Ada {}"), "jobTitle": "Accountant"}
        own = {"email": plant.text("sensitive_sector", "{}-7b@muster-parish.org")}
        plant.write(f"sector-{language}.html", _page(_script({**_node(plant.control(name), person), **own}), number))
    plant.suppressed += ["https://site-400.example.net/#2"]
    gone = {"name": plant.text("suppressed", "Ada {}"), "jobTitle": "Accountant"}
    plant.write("suppressed.html", _page(_script(_node(plant.control(), gone)), 400))
    page = f"https://www.facebook.com/{plant.text('private_page', 'ada.{}')}.7"
    somebodys = {"email": plant.text("somebodys_mail", "{}@muster-works.org"), "sameAs": [page]}
    plant.write(f"{plant.text('file_name', 'ada-{}')}.html", _page(_script(_node(plant.control())), 405))
    plant.write("somebodys.html", _page(_script({**_node(plant.control()), **somebodys}), 404))
    plant.write("microdata.html", _page(_microdata(plant), 401))
    plant.write("hcard.html", _page(_hcards(plant), 402))
    broken = f'<script type="application/ld+json">{{"@type": "Person", "name": "{plant.text("malformed")}</script>'
    plant.write("broken.html", _page(broken, 403))


def _page(body: str, number: int) -> str:
    link = f'<link rel="canonical" href="https://site-{number}.example.net/">'
    return f'<!doctype html><html><head><meta charset="utf-8">{link}</head><body>{body}</body></html>'


def _script(node: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **node})}</script>'


def _node(company: str, *people: dict[str, Any]) -> dict[str, Any]:
    staff = [{"@type": "Person", "name": "Ada Byron", "jobTitle": "Accountant", **person} for person in people]
    return {"@type": "Organization", "legalName": company, "employee": staff}


def _private_properties(plant: Plant) -> Iterable[dict[str, Any]]:
    yield {"birthDate": plant.birthday(), "birthPlace": {"@type": "Place", "name": plant.text("birth")}}
    yield {"nationality": {"@type": "Country", "name": plant.text("nationality")}}
    yield {"gender": plant.text("gender"), "pronouns": plant.text("gender")}
    yield {"spouse": {"@type": "Person", "name": plant.text("family", "Bob {}")}, "children": plant.text("family")}
    yield {"taxID": plant.text("personal_id"), "identifier": plant.text("personal_id")}
    yield {"image": f"https://pictures.example.net/{plant.text('photo')}.jpg"}
    yield {"homeLocation": {"@type": "Place", "name": plant.text("home_address", "{} Lane 3"),
                            "telephone": plant.phone("home_phone", "+44 113")}}  # fmt: skip
    for street in DWELLINGS.values():
        yield {"address": {"@type": "PostalAddress", "streetAddress": plant.text("home_address", street),
                           "addressLocality": "Sometown"}}  # fmt: skip
    yield {"telephone": plant.phone("mobile")}
    yield {"telephone": plant.phone("premium", "+44 70")}
    yield {"netWorth": {"@type": "MonetaryAmount", "name": plant.text("money")}}
    yield {"description": plant.text("free_text", "Ada plays with {}"), "knowsAbout": plant.text("free_text")}
    for domain in FREE:
        yield {"email": plant.mail("free_mail", domain)}
    yield {"email": plant.mail("disposable_mail", "mailinator.com")}
    yield {"email": plant.mail("disposable_mail", "mailnesia.com")}
    yield {"email": plant.mail("isp_mail", "sfr.fr")}
    yield {"email": plant.mail("special_mail", "host.onion")}
    yield {"email": plant.mail("personal_domain", "adabyron.com")}
    yield {"sameAs": [f"https://www.instagram.com/{plant.text('private_network')}"]}
    yield {"url": f"https://{plant.text('private_network')}.blogspot.com/"}
    yield {"jobTitle": f"Clerk {plant.payment_card()}"}
    yield {"zqProperty": plant.text("drift"), "religion": plant.text("sensitive_field")}
    yield {"name": f"Ada Byron ({plant.mail('free_mail', 'gmail.com')})"}


def _microdata(plant: Plant) -> str:
    def item(name: str, value: str) -> str:
        return f'<i itemprop="{name}">{escape(value)}</i>'

    private = (
        item("birthDate", plant.birthday()), item("nationality", plant.text("nationality")),
        item("gender", plant.text("gender")), item("telephone", plant.phone("mobile")),
        item("email", plant.mail("free_mail", "gmail.com")), item("zqProperty", plant.text("drift")),
        f'<b itemprop="homeLocation" itemscope>{item("name", plant.text("home_address"))}</b>',
    )  # fmt: skip
    person = f"{item('name', 'Ada Byron')}{item('jobTitle', 'Accountant')}{''.join(private)}"
    staff = f'<b itemprop="employee" itemscope itemtype="https://schema.org/Person">{person}</b>'
    return f'<b itemscope itemtype="https://schema.org/Organization">{item("legalName", plant.control())}{staff}</b>'


def _hcards(plant: Plant) -> str:
    def item(name: str, value: str) -> str:
        return f'<i class="{name}">{escape(value)}</i>'

    def labelled(kind: str, value: str) -> str:
        return f'<i class="tel"><b class="type">{kind}</b> <b class="value">{value}</b></i>'

    private = (
        item("bday", plant.birthday()), item("note", plant.text("free_text")),
        item("nickname", plant.text("not_on_card")),
        labelled("Home", plant.phone("home_phone", "+44 113")), labelled("Cell", plant.phone("mobile")),
        labelled("Pager", plant.phone("pager", "+44 113")),
        f'<a class="email" href="mailto:{plant.mail("free_mail", "gmail.com")}">write</a>',
    )  # fmt: skip
    head = f"{item('fn', 'Ada Byron')}{item('title', 'Accountant')}{item('org', plant.control())}"
    return f'<div class="vcard">{head}{"".join(private)}</div>'


# --- Companies House --------------------------------------------------------------------------------------------------


def companies_house(plant: Plant) -> None:
    """Company data, and people with significant control in them."""
    stakes = [_stake(number, data) for number, data in enumerate(_stakes(plant), start=90_000_001)]
    sensitive = [
        _stake(90_000_100, _individual(surname=plant.text("sensitive_sector"))),
        _stake(90_000_101, _individual(surname=plant.text("suppressed"))),
    ]
    plant.suppressed += ["90000101/psc/individual/90000101/owner"]
    secret = {"kind": "super-secure-person-with-significant-control", "name": plant.text("source_restriction")}
    lines = [*stakes, *sensitive, _stake(90_000_102, secret, "super-secure")]
    cut = f'{{"company_number": "90000103", "data": {{"kind": "individual-pers", "name": "{plant.text("malformed")}'
    total = {
        "data": {"kind": "totals#persons-of-significant-control-snapshot", "persons_of_significant_control_count": 1}
    }
    content = "".join(f"{line}\n" for line in [*map(json.dumps, lines), cut, json.dumps(total)])
    plant.write(f"persons-with-significant-control-snapshot-{DAY}.txt", content)
    rows = [_british(plant, str(number)) for number in range(90_000_001, 90_000_001 + len(stakes))]
    rows.append({**_british(plant, "90000100"), "SICCode.SicText_1": "94910 - Religious organisations"})
    rows += [_british(plant, str(number)) for number in (90_000_101, 90_000_102)]
    plant.write(f"BasicCompanyDataAsOneFile-{DAY}.csv", _table(plant, british.COLUMNS, rows))


def _british(plant: Plant, number: str, name: str = "{} LIMITED") -> dict[str, str]:
    return {
        "CompanyName": plant.control(name), "CompanyNumber": number, "RegAddress.AddressLine1": "1 MILL LANE",
        "RegAddress.PostTown": "LEEDS", "RegAddress.PostCode": "LS1 4AP", "CompanyStatus": "Active",
        "CompanyCategory": "Private Limited Company", "CountryOfOrigin": "United Kingdom",
        "IncorporationDate": "01/02/2003", "SICCode.SicText_1": "62020 - Consultancy",
    }  # fmt: skip


def _stakes(plant: Plant) -> Iterable[dict[str, Any]]:
    birthday = plant.birthday()
    yield _individual(date_of_birth={"date": birthday, "place": plant.text("birth")})
    yield _individual(nationality=plant.text("nationality"), country_of_residence=plant.text("residence"))
    yield _individual(title=plant.text("gender"))
    address = {"premises": plant.text("home_address"), "address_line_1": plant.text("home_address", "{} Lane 3")}
    yield _individual(address=address)
    yield _individual(natures_of_control=[plant.text("money")], is_sanctioned=plant.text("sensitive_field"))
    yield _individual(identity_verification_details={"document": plant.text("personal_id")})
    yield _individual(zq_field=plant.text("drift"), description=plant.text("free_text"))
    yield _individual(surname=f"Byron {plant.payment_card()}")


def _individual(surname: str = "Byron", title: str = "Mx", **more: Any) -> dict[str, Any]:
    return {
        "kind": "individual-person-with-significant-control", "name": f"{title} Ada {surname}",
        "name_elements": {"title": title, "forename": "Ada", "surname": surname}, "notified_on": "2020-01-01", **more,
    }  # fmt: skip


def _stake(number: int, data: dict[str, Any], kind: str = "individual") -> dict[str, Any]:
    link = f"/company/{number}/persons-with-significant-control/{kind}/{number}"
    return {"company_number": str(number), "data": {"etag": "0", **data, "links": {"self": link}}}


def _table(plant: Plant, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """The rows under their header, after a row that lost its last cells."""
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, [column.strip() for column in columns], restval="", quoting=csv.QUOTE_ALL)
    table.writerows(rows)
    return f'{",".join(columns)}\r\n"{plant.text("malformed")}","{plant.text("malformed")} Ltd"\r\n{stream.getvalue()}'


# --- EDGAR ------------------------------------------------------------------------------------------------------------


def edgar(plant: Plant) -> None:
    """A company and a natural person among the filers, a notice of an offering, insiders' statements."""
    lost = {"ticker": "NONE", "title": plant.text("malformed")}
    titled = {"cik_str": 8_000_001, "ticker": "ZZ1", "title": plant.control("{} Inc")}
    plant.write("company_tickers.json", json.dumps({"0": titled, "1": lost}))
    insider = {
        "cik": "8000002", "entityType": "other", "name": plant.text("person_record", "{} Ada"), "sic": "",
        "insiderTransactionForOwnerExists": 1, "insiderTransactionForIssuerExists": 0, "ein": "",
        "phone": plant.phone("home_phone", " 212"), "website": "", "stateOfIncorporation": "",
        "addresses": {"mailing": {"street1": plant.text("home_address")}, "business": {}}, "formerNames": [],
    }  # fmt: skip
    plant.write("CIK0008000002.json", json.dumps(insider))
    company = {
        **insider, "cik": "8000001", "entityType": "operating", "name": plant.control("{} Inc"), "ein": "",
        "insiderTransactionForOwnerExists": 0, "insiderTransactionForIssuerExists": 1, "phone": "2125550147",
        "addresses": {"mailing": {"street1": "1 MILL LANE", "city": "NEW YORK"}, "business": {}},
        "description": plant.text("free_text"), "zqField": plant.text("drift"),
    }  # fmt: skip
    plant.write("CIK0008000001.json", json.dumps(company))
    plant.write("D.0008000001.xml", _offering(plant))
    plant.suppressed.append("0008000001/owner/0009000001")
    plant.write("form4.1.xml", _statement(plant, "0009000001", name=plant.text("suppressed", "{} ADA")))
    for number, title in enumerate(TITLES["en"], start=2):
        name = plant.text("sensitive_title", "{} ADA")
        plant.write(f"form4.{number}.xml", _statement(plant, f"000900000{number}", name=name, title=title))


def _offering(plant: Plant) -> str:
    address = f"<street1>{plant.text('home_address')}</street1><city>{plant.text('home_address')}</city>"
    person = (
        "<relatedPersonInfo><relatedPersonName><firstName>Ada</firstName><lastName>Byron</lastName></relatedPersonName>"
        f"<relatedPersonAddress>{address}</relatedPersonAddress><relatedPersonRelationshipList><relationship>"
        "Director</relationship></relatedPersonRelationshipList></relatedPersonInfo>"
    )
    return (
        '<?xml version="1.0"?>\n<edgarSubmission><schemaVersion>X0708</schemaVersion><submissionType>D</submissionType>'
        f"<primaryIssuer><cik>0008000001</cik><entityName>{plant.control('{} Inc')}</entityName></primaryIssuer>"
        f"<relatedPersonsList>{person}</relatedPersonsList><offeringData><salesCompensationList>"
        f"<name>{plant.text('money')}</name></salesCompensationList><offeringSalesAmounts>{plant.text('money')}"
        f"</offeringSalesAmounts></offeringData><zqField>{plant.text('drift')}</zqField></edgarSubmission>"
    )


def _statement(plant: Plant, number: str, name: str, title: str = "Chief Executive Officer") -> str:
    return (
        '<?xml version="1.0"?>\n<ownershipDocument><documentType>4</documentType>'
        f"<periodOfReport>{DAY}</periodOfReport><issuer><issuerCik>0008000001</issuerCik>"
        f"<issuerName>{plant.control('{} Inc')}</issuerName></issuer><reportingOwner><reportingOwnerId>"
        f"<rptOwnerCik>{number}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName></reportingOwnerId>"
        f"<reportingOwnerAddress><rptOwnerStreet1>{plant.text('home_address')}</rptOwnerStreet1></reportingOwnerAddress>"
        "<reportingOwnerRelationship><isOfficer>1</isOfficer>"
        f"<officerTitle>{title}</officerTitle><otherText>{plant.text('free_text')}</otherText>"
        "</reportingOwnerRelationship></reportingOwner>"
        f"<nonDerivativeTable><shares>{plant.text('money')}</shares></nonDerivativeTable>"
        f"<derivativeTable><shares>{plant.text('money')}</shares></derivativeTable>"
        f"<footnotes><footnote id='F1'>{plant.text('free_text')}</footnote></footnotes>"
        f"<remarks>{plant.text('free_text')}</remarks><ownerSignature>{plant.text('not_on_card')}</ownerSignature>"
        "</ownershipDocument>"
    )


# --- FDIC -------------------------------------------------------------------------------------------------------------


def fdic(plant: Plant) -> None:
    """Banks, and what people may write into their columns."""
    sound = {"CITY": "Omaha", "STNAME": "Nebraska", "ZIP": "68102", "ADDRESS": "1 Mill Lane", "ACTIVE": "1"}
    rows = [
        {**sound, "NAME": plant.control("{} Savings Bank"), "ZQFIELD": plant.text("drift")},
        {**sound, "NAME": plant.control("{} Savings Bank"), "WEBADDR": plant.mail("free_mail", "gmail.com")},
        {
            **sound,
            "NAME": plant.control("{} Savings Bank"),
            "ADDRESS": f"1 Lane, {plant.mail('free_mail', 'gmail.com')}",
        },
        {**sound, "NAME": plant.control("{} Savings Bank"), "ADDRESS": f"Box {plant.payment_card()}"},
        {**sound, "NAME": plant.text("suppressed", "{} Savings Bank")},
    ]
    numbered = [row | {"CERT": str(number)} for number, row in enumerate(rows, start=99_001)]
    plant.suppressed.append("99005")
    plant.write("fdic_institutions.csv", _table(plant, [*banks.COLUMNS, "ZQFIELD"], numbered))


# --- GLEIF ------------------------------------------------------------------------------------------------------------


GONE = {"xml": "529900ZQ000000000098", "json": "529900ZQ000000000099"}


def gleif(plant: Plant) -> None:
    """The same classes in the golden copy's XML and JSON."""
    for form in ("xml", "json"):
        records = [
            _entity(plant.control(), drift=plant.text("drift")),
            _entity("Ada Byron", category="SOLE_PROPRIETOR", street=plant.text("sole_trader")),
            _entity(plant.text("suppressed"), number=GONE[form]),
            _entity(plant.control(), street=f"1 Lane {plant.payment_card()}"),
            _entity(plant.control(), street=f"1 Lane, {plant.mail('free_mail', 'web.de')}"),
            _entity(plant.text("malformed"), number=""),
        ]  # fmt: skip
        for number, record in enumerate(records):
            if record["LEI"]["$"] == "?":
                record["LEI"]["$"] = f"529900ZQ{form.upper():0>4}0000000{number}"
        plant.write(f"lei2-golden-copy.{form}", _golden_copy(form, records))
    plant.suppressed += GONE.values()


def _entity(
    name: str, *, number: str = "?", category: str = "GENERAL", street: str = "1 Lane", drift: str = ""
) -> dict[str, Any]:
    address = {"FirstAddressLine": {"$": street}, "City": {"$": "Leeds"}, "Country": {"$": "GB"}}
    entity = {
        "LegalName": {"$": name}, "LegalAddress": address, "HeadquartersAddress": address,
        "LegalJurisdiction": {"$": "GB"}, "EntityCategory": {"$": category}, "EntityStatus": {"$": "ACTIVE"},
        **({"ZqField": {"$": drift}} if drift else {}),
    }  # fmt: skip
    registration = {"LastUpdateDate": {"$": f"{DAY}T15:00:02Z"}, "RegistrationStatus": {"$": "ISSUED"}}
    return {"LEI": {"$": number}, "Entity": entity, "Registration": registration, "Extension": {"Note": {"$": drift}}}


def _golden_copy(form: str, records: list[dict[str, Any]]) -> str:
    if form == "json":
        return json.dumps({"records": records})
    inner = "".join(_element("LEIRecord", record) for record in records)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016">'
        f"<lei:LEIRecords>{inner}</lei:LEIRecords></lei:LEIData>"
    )


def _element(name: str, node: dict[str, Any]) -> str:
    inner = escape(node["$"]) if "$" in node else "".join(_element(key, below) for key, below in node.items())
    return f"<lei:{name}>{inner}</lei:{name}>"


# --- NPPES ------------------------------------------------------------------------------------------------------------


def nppes(plant: Plant) -> None:
    """Practitioners, who do not come through, and organisations with their officials."""
    rows = [_practitioner(plant), *_organisations(plant)]
    for number, row in enumerate(rows, start=90_000_001):
        row.setdefault("NPI", providers.with_check_digit(f"1{number:08d}"))
    plant.suppressed += [str(row["NPI"]) + "/official" for row in rows if row.get("ZQ FIELD") == "suppressed"]
    plant.write("npidata_pfile_20050523-20261101.csv", _table(plant, [*providers.COLUMNS, "ZQ FIELD"], rows))


def _practitioner(plant: Plant) -> dict[str, str]:
    cells = {
        f"{who} {part}": plant.text("person_record")
        for who in ("Provider", "Provider Other")
        for part in ("First Name", "Middle Name", "Name Suffix Text", "Credential Text")
    }
    places = {
        column: plant.text("home_address")
        for which in ("Practice Location", "Mailing")
        for column in (f"Provider First Line Business {which} Address", f"Provider Business {which} Address City Name")
    }
    phones = {
        f"Provider Business {which} Address {what} Number": plant.phone("home_phone", " 212")
        for which in ("Practice Location", "Mailing")
        for what in ("Telephone", "Fax")
    }
    return {
        "Entity Type Code": "1", "Provider Last Name (Legal Name)": plant.text("person_record"), **cells, **places,
        **phones, "Provider Other Last Name": plant.text("person_record"), "Provider Sex Code": plant.text("gender"),
        "Provider Name Prefix Text": plant.text("gender"), "Provider License Number_1": plant.text("personal_id"),
        "Other Provider Identifier_1": plant.text("personal_id"), "ZQ FIELD": plant.text("drift"),
        "Last Update Date": "10/01/2026",
    }  # fmt: skip


def _organisations(plant: Plant) -> Iterable[dict[str, str]]:
    name = "Provider Organization Name (Legal Business Name)"
    sound = {"Entity Type Code": "2", "Last Update Date": "10/01/2026", "Authorized Official First Name": "ADA"}
    last, title = "Authorized Official Last Name", "Authorized Official Title or Position"
    yield {
        **sound, name: plant.control("{} CLINIC LLC"), last: "BYRON", title: "CFO",
        "Authorized Official Name Prefix Text": plant.text("gender"),
        "Provider License Number_2": plant.text("personal_id"), "Parent Organization TIN": plant.text("personal_id"),
    }  # fmt: skip
    for office in TITLES["en"]:
        yield {
            **sound,
            name: plant.control("{} CLINIC LLC"),
            last: plant.text("sensitive_title"),
            title: office.upper(),
        }
    parish = plant.control("{} PARISH CHURCH")
    yield {**sound, name: parish, last: plant.text("sensitive_sector"), title: "CFO"}
    gone = {"NPI Deactivation Date": "09/01/2026", last: plant.text("source_restriction"), title: "CFO"}
    yield {**sound, name: plant.text("source_restriction", "{} CLINIC"), **gone}
    yield {**sound, name: plant.control("{} CLINIC LLC"), last: plant.text("suppressed"), title: "CFO",
           "ZQ FIELD": "suppressed"}  # fmt: skip


# --- notices ----------------------------------------------------------------------------------------------------------


def ocds(plant: Plant) -> None:
    """A release a party."""
    parties: list[dict[str, Any]] = [
        {"beneficialOwners": [{"name": plant.text("ownership"), "birthDate": plant.birthday()}],
         "shareholders": [{"name": plant.text("ownership")}]},
        {"persones": [{"name": plant.text("person_record")}], "zqField": plant.text("drift")},
        {"identifier": {"scheme": "GB-NINO", "id": plant.text("personal_id")}},
        *({"contactPoint": {"name": "Ada Byron", "email": plant.mail("free_mail", domain)}} for domain in FREE),
        {"contactPoint": {"name": "Ada Byron", "telephone": plant.phone("premium", "+44 70")}},
        {"contactPoint": {"name": f"Ada {plant.payment_card()}"}},
        {"name": "Ada Byron", "identifier": {}, "details": {"scale": "sole trader"},
         "address": {"streetAddress": plant.text("sole_trader"), "locality": "Leeds"},
         "contactPoint": {"email": plant.mail("sole_trader", "carpentry.co.uk"),
                          "telephone": plant.phone("sole_trader", "+44 113")}},
        *({"name": plant.control(name),
           "contactPoint": {"name": plant.text("sensitive_sector", "Ada {}"), "telephone": "+44 113 496 0123"}}
          for name in SECTORS.values()),
        {"id": "gone", "name": plant.text("suppressed", "{} Limited")},
    ]  # fmt: skip
    lines = []
    for number, party in enumerate(parties):
        role = "supplier" if "details" in party else "buyer"
        sound = {"id": "P1", "name": party.get("name") or plant.control(), "roles": [role]}
        release = {"ocid": f"ocds-zz-{number}", "id": "1", "date": f"{DAY}T00:00:00Z", "tag": ["award"]}
        text = {"description": plant.text("free_text"), "zqField": plant.text("drift")}
        lines.append(json.dumps({**release, **text, "parties": [{**sound, **party}]}))
    plant.suppressed.append(f"ocds-zz-{len(parties) - 1}/1/gone")
    lines.insert(0, f'{{"ocid": "{plant.text("malformed")}')
    plant.write("releases.jsonl", "\n".join(lines) + "\n")


_NOTICE = "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"


def ted_eforms(plant: Plant) -> None:
    """A notice a class."""
    owner = (
        f"<UltimateBeneficialOwner><FamilyName>{plant.text('ownership')}</FamilyName><Nationality><NationalityID>"
        f"{plant.text('nationality')}</NationalityID></Nationality><ResidenceAddress><StreetName>"
        f"{plant.text('home_address')}</StreetName></ResidenceAddress><Contact><ElectronicMail>"
        f"{plant.mail('home_mail', 'zephyrworks.eu')}</ElectronicMail></Contact></UltimateBeneficialOwner>"
    )
    notices = [
        _notice(plant.control("{} GmbH"), after=owner),
        *(_notice(plant.control("{} GmbH"), mail=plant.mail("free_mail", domain)) for domain in FREE),
        _notice(plant.control("{} GmbH"), phone=plant.phone("premium", "+49 900")),
        _notice("Ada Byron", natural="true", street=plant.text("sole_trader"),
                phone=plant.phone("sole_trader", "+49 30"), mail=plant.mail("sole_trader", "tischlerei.de")),
        *(_notice(plant.control(name), contact=plant.text("sensitive_sector", "Ada {}")) for name in SECTORS.values()),
        _notice(plant.text("source_restriction", "{} GmbH"), contact=plant.text("source_restriction"),
                within="<FieldsPrivacy><FieldIdentifierCode>win-ten-val</FieldIdentifierCode></FieldsPrivacy>"),
        _notice(plant.control("{} GmbH"), within=f"<ZqField>{plant.text('drift')}</ZqField>"),
        _notice(plant.control("{} GmbH"), street=f"Weg {plant.payment_card()}"),
        _notice(plant.text("suppressed", "{} GmbH")),
    ]  # fmt: skip
    plant.suppressed.append(f"{len(notices) - 1}/ORG-0001")
    for number, notice in enumerate(notices):
        plant.write(f"notice-{number}.xml", notice.replace("<ID/>", f"<ID>{number}</ID>"))
    plant.write("without-id.xml", _notice(plant.text("malformed", "{} GmbH")).replace("<ID/>", ""))


def _notice(
    name: str, *, natural: str = "false", street: str = "Weg 1", contact: str = "Ada Byron", mail: str = "",
    phone: str = "", within: str = "", after: str = "",
) -> str:  # fmt: skip
    ways = f"<Telephone>{phone}</Telephone>" * bool(phone) + f"<ElectronicMail>{mail}</ElectronicMail>" * bool(mail)
    return (
        f'<ContractNotice xmlns="{_NOTICE}"><UBLExtensions><UBLExtension><ExtensionContent><EformsExtension>'
        f"<Organizations><Organization><NaturalPersonIndicator>{natural}</NaturalPersonIndicator>{within}<Company>"
        "<PartyIdentification><ID>ORG-0001</ID></PartyIdentification>"
        f"<PartyName><Name>{escape(name)}</Name></PartyName><PostalAddress><StreetName>{street}</StreetName>"
        "<CityName>Trier</CityName><Country><IdentificationCode>DEU</IdentificationCode></Country></PostalAddress>"
        f"<Contact><Name>{contact}</Name>{ways}</Contact></Company></Organization>{after}</Organizations>"
        f"</EformsExtension></ExtensionContent></UBLExtension></UBLExtensions><ID/><IssueDate>{DAY}Z</IssueDate>"
        "</ContractNotice>"
    )


SOURCES: dict[str, Callable[[Plant], None]] = {
    "vcard": vcard,
    "web": web,
    "companies_house": companies_house,
    "edgar": edgar,
    "fdic": fdic,
    "gleif": gleif,
    "nppes": nppes,
    "ocds": ocds,
    "ted_eforms": ted_eforms,
}
"""What writes the canaries of each source."""
