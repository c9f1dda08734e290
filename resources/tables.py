"""The tables of the contact database, as SQLAlchemy sees them; every table and column says what it holds.

What belongs here: tables, keys, indexes and their comments. What does not: views (`queries/`), how the tables change
over time (`migrations/`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.schema import SchemaItem

METADATA = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)

SCHEMAS = {
    "curated": "What people query: one row per company, per person and per published value.",
    "mart": "Views on the curated tables for everyday questions.",
    "evidence": "Which source, record and snapshot states each value.",
    "match": "Which cards are one company or one person, and why.",
    "history": "Former states of curated rows.",
    "archive": "What the retention policy took out of use and the law asks to be kept for a while.",
    "privacy": "What was refused, by reason; suppressions and requests.",
    "ops": "How the runs went: counts, drift, publications.",
}
"""Every schema of the database and what belongs in it."""

COMMON = ("confidence", "source_count", "family_count", "sources", "first_seen", "last_seen", "last_verified_at",
          "retain_until", "recorded_at")  # fmt: skip
"""The columns that every curated row has."""


def _common() -> list[Column[object]]:
    moment = DateTime(timezone=True)
    return [
        Column("confidence", Numeric(4, 3), nullable=False, comment="Chance (0 to 1) that the row is right today."),
        Column("source_count", Integer, nullable=False, comment="Sources that state it."),
        Column("family_count", Integer, nullable=False, comment="Independent families of sources that state it."),
        Column("sources", ARRAY(Text), nullable=False, comment="Ids of those sources."),
        Column("first_seen", moment, nullable=False, comment="When a snapshot first held it."),
        Column("last_seen", moment, nullable=False, comment="When the latest snapshot that holds it was collected."),
        Column("last_verified_at", moment, nullable=False, comment="The latest day on which a source confirms it."),
        Column("retain_until", Date, comment="When the retention policy ends it; empty: while its sources hold it."),
        Column("recorded_at", moment, nullable=False, comment="When this state of the row was published."),
    ]


def _owned(*, of_people: bool = True) -> list[Column[object]]:
    company = Column(
        "company_id", Uuid, ForeignKey("curated.companies.company_id"), comment="The organisation it belongs to."
    )
    if not of_people:
        company.nullable = False
        return [company]
    return [
        company,
        Column("contact_id", Uuid, ForeignKey("curated.contacts.contact_id"), comment="The person, if one's own."),
        Column(
            "employment_id", Uuid, ForeignKey("curated.employments.employment_id"), comment="The job it belongs to."
        ),
    ]


def _text(name: str, comment: str, *, null: bool = True) -> Column[object]:
    return Column(name, Text, nullable=null, comment=comment)


def _key(name: str, comment: str) -> Column[object]:
    return Column(name, Uuid, primary_key=True, comment=comment)


def _table(schema: str, name: str, comment: str, *items: SchemaItem) -> Table:
    return Table(name, METADATA, *items, schema=schema, comment=comment)


COMPANIES = _table(
    "curated", "companies", "One row per organisation.",
    _key("company_id", "Stable id, minted from the card that founded the company."),
    _text("legal_name", "Name as registered."),
    _text("display_name", "Name to show: the trading name where one is known, else the legal name.", null=False),
    Column("former_names", ARRAY(Text), nullable=False, comment="Names it bore before."),
    Column("other_names", ARRAY(Text), nullable=False, comment="Trading, translated and other names."),
    _text("legal_form", "Legal form as registered."),
    _text("party", "company, public_body, sole_trader or unknown.", null=False),
    _text("status", "active or inactive."),
    _text("jurisdiction", "Country, or country and subdivision, of incorporation."),
    _text("country_code", "ISO 3166 alpha-2 of its main address."),
    Column("incorporated_on", Date, comment="Date of incorporation."),
    Column("dissolved_on", Date, comment="Date of dissolution."),
    _text("industry", "Main activity as `scheme:code`."),
    _text("primary_domain", "Registrable domain of its main web site."),
    *_common(),
    Index(None, "display_name"), Index(None, "primary_domain"),
)  # fmt: skip

CONTACTS = _table(
    "curated", "contacts", "One row per person with a role at an organisation.",
    _key("contact_id", "Stable id, minted from the card that founded the person."),
    _text("full_name", "Name as on the card.", null=False),
    _text("first_name", "Given name."),
    _text("middle_name", "Further given names."),
    _text("last_name", "Family name."),
    _text("name_prefix", "Academic title."),
    _text("name_suffix", "Generation or qualification after the name."),
    Column("primary_employment_id", Uuid, comment="The job to show."),
    _text("country_code", "ISO 3166 alpha-2 of the primary employer; decides the law that applies."),
    *_common(),
    Index(None, "last_name", "first_name"),
)  # fmt: skip

EMPLOYMENTS = _table(
    "curated", "employments", "One row per role of a person at an organisation.",
    _key("employment_id", "Stable id of person and organisation."),
    Column("contact_id", Uuid, ForeignKey("curated.contacts.contact_id"), nullable=False, comment="The person."),
    Column("company_id", Uuid, ForeignKey("curated.companies.company_id"), nullable=False, comment="The employer."),
    _text("role_type", "officer, director, owner, employee, contact_point or agent."),
    _text("job_title", "Title as on the card."),
    _text("seniority", "owner, c_level, vp, director, manager or staff."),
    _text("department", "Department, from the card or the title."),
    Column("start_date", Date, comment="Begin of the role."),
    _text("start_date_precision", "year, month or day."),
    Column("end_date", Date, comment="End of the role."),
    _text("end_date_precision", "year, month or day."),
    Column("is_current", Boolean, nullable=False, comment="Whether the role is held today."),
    Column("is_primary", Boolean, nullable=False, comment="Whether it is the person's job to show."),
    *_common(),
    Index(None, "contact_id"), Index(None, "company_id"),
)  # fmt: skip

EMAILS = _table(
    "curated", "emails", "Business e-mail addresses, each with the evidence that it is business.",
    _key("email_id", "Stable id of owner and address."), *_owned(),
    _text("email_address", "The address, lower case.", null=False),
    _text("domain", "Its registrable domain.", null=False),
    _text("kind", "named or role.", null=False),
    _text("verification_status", "valid, risky, invalid or unknown.", null=False),
    _text("business_evidence", "What ties the domain to the employer.", null=False),
    *_common(),
    Index(None, "email_address"), Index(None, "company_id"), Index(None, "contact_id"),
)  # fmt: skip

PHONES = _table(
    "curated", "phones", "Business telephone numbers.",
    _key("phone_id", "Stable id of owner and number."), *_owned(),
    _text("e164", "The number in E.164.", null=False),
    _text("extension", "Extension."),
    _text("country_code", "ISO 3166 alpha-2 of the number."),
    _text("line_type", "Kind of line by numbering plan."),
    _text("label", "What the source calls it: work, switchboard, organisation, fax."),
    _text("verification_status", "valid, risky, invalid or unknown.", null=False),
    *_common(),
    Index(None, "e164"), Index(None, "company_id"), Index(None, "contact_id"),
)  # fmt: skip

ADDRESSES = _table(
    "curated", "addresses", "Postal addresses of organisations.",
    _key("address_id", "Stable id of owner and address."), *_owned(of_people=False),
    _text("kind", "registered, headquarters, trading, mailing or work."),
    _text("street_address", "Street and number, and what goes before."),
    _text("locality", "Town."),
    _text("region", "Region or state."),
    _text("postal_code", "Postal code."),
    _text("country_code", "ISO 3166 alpha-2."),
    _text("formatted", "The address on one line.", null=False),
    _text("verification_status", "valid, risky, invalid or unknown.", null=False),
    *_common(),
    Index(None, "company_id"), Index(None, "country_code", "postal_code"),
)  # fmt: skip

WEBSITES = _table(
    "curated", "websites", "Web sites of organisations.",
    _key("website_id", "Stable id of owner and site."), *_owned(of_people=False),
    _text("url", "Canonical address.", null=False),
    _text("domain", "Registrable domain.", null=False),
    *_common(),
    Index(None, "company_id"), Index(None, "domain"),
)  # fmt: skip

SOCIAL_PROFILES = _table(
    "curated", "social_profiles", "Business social pages.",
    _key("social_profile_id", "Stable id of owner and page."), *_owned(),
    _text("platform", "Network.", null=False),
    _text("handle", "Name on the network."),
    _text("url", "Canonical address.", null=False),
    _text("kind", "company_page or person_page."),
    *_common(),
    Index(None, "company_id"), Index(None, "contact_id"),
)  # fmt: skip

IDENTIFIERS = _table(
    "curated", "identifiers", "Numbers in public registers.",
    _key("identifier_id", "Stable id of owner, scheme and number."), *_owned(of_people=False),
    _text("scheme", "Register: LEI, GB-COH, US-CIK, US-NPI, FDIC …", null=False),
    _text("value", "The number.", null=False),
    _text("verification_status", "valid when the check digits are right, unknown where there are none.", null=False),
    *_common(),
    Index(None, "company_id"), Index(None, "scheme", "value"),
)  # fmt: skip

COMPANY_RELATIONS = _table(
    "curated", "company_relations", "Relations between organisations; never a merge.",
    _key("relation_id", "Stable id of both ends and the kind."),
    Column("company_id", Uuid, ForeignKey("curated.companies.company_id"), nullable=False, comment="The lower end."),
    Column("related_company_id", Uuid, ForeignKey("curated.companies.company_id"), nullable=False,
           comment="The upper end: parent, manager or controlling organisation."),
    _text("kind", "direct_parent, ultimate_parent, fund_manager, umbrella_fund, master_fund, branch_of or "
          "controlled_by.", null=False),
    *_common(),
    Index(None, "company_id"), Index(None, "related_company_id"),
)  # fmt: skip

CURATED = (COMPANIES, CONTACTS, EMPLOYMENTS, EMAILS, PHONES, ADDRESSES, WEBSITES, SOCIAL_PROFILES, IDENTIFIERS,
           COMPANY_RELATIONS)  # fmt: skip
"""The curated tables, owners before what they own."""


def _history(table: Table) -> Table:
    """The same columns without keys, and the time until which the state was current."""
    columns: list[SchemaItem] = [Column(c.name, c.type, comment=c.comment) for c in table.columns]
    return _table(
        "history", table.name, f"Former states of curated.{table.name}.",
        *columns,
        Column("recorded_until", DateTime(timezone=True), nullable=False, comment="When this state ended."),
        _text("change", "updated or removed.", null=False),
        Index(None, next(iter(table.primary_key.columns)).name, "recorded_until"),
    )  # fmt: skip


HISTORY = tuple(_history(table) for table in CURATED)

SOURCES = _table(
    "evidence", "sources", "The declared sources.",
    Column("source", Text, primary_key=True, comment="Id."),
    _text("title", "What it is called.", null=False),
    _text("publisher", "Who publishes it.", null=False),
    _text("url", "Home page.", null=False),
    _text("licence", "Terms of use.", null=False),
    Column("share_alike", Boolean, nullable=False, comment="Whether its rows pass their licence on."),
    _text("family", "Group within which nothing corroborates.", null=False),
    Column("trust", Numeric(4, 3), nullable=False, comment="Prior chance that a value is right when published."),
    _text("cadence", "How often it is published.", null=False),
    _text("lawful_basis", "Why it may be held.", null=False),
    _text("access", "Decision on its terms of access.", null=False),
)  # fmt: skip

SNAPSHOTS = _table(
    "evidence", "snapshots", "The files that were read, by what they held.",
    Column("snapshot_id", Text, primary_key=True, comment="Digest of names and contents."),
    Column("source", Text, ForeignKey("evidence.sources.source"), nullable=False, comment="Source."),
    Column("collected_at", DateTime(timezone=True), nullable=False, comment="When it was first collected."),
    Column("files", JSONB, nullable=False, comment="Name, digest, bytes and address of each file."),
    Column("records", Integer, nullable=False, comment="Records read."),
    Column("cards", Integer, nullable=False, comment="Cards kept."),
)  # fmt: skip

CLAIMS = _table(
    "evidence", "claims", "Which record states each published value.",
    _key("claim_id", "Stable id of card, field and value."),
    Column("source", Text, nullable=False, comment="Source."),
    Column("snapshot_id", Text, nullable=False, comment="Snapshot."),
    _text("record_id", "The record's own key in the source.", null=False),
    Column("card_id", Uuid, nullable=False, comment="The card."),
    _text("field", "Field of the business card.", null=False),
    _text("value", "The value in its normal form.", null=False),
    _text("label", "What the source says of it."),
    Column("company_id", Uuid, comment="The organisation that the card was resolved to."),
    Column("contact_id", Uuid, comment="The person that the card was resolved to."),
    Column("employment_id", Uuid, comment="The job."),
    _text("verification_status", "valid, risky, invalid or unknown.", null=False),
    _text("findings", "Codes of what the checks found."),
    Column("stated_on", Date, comment="The day for which the source confirms it."),
    Column("first_seen", DateTime(timezone=True), nullable=False, comment="When a snapshot first held it."),
    Column("last_seen", DateTime(timezone=True), nullable=False, comment="When the latest one was collected."),
    Index(None, "company_id"), Index(None, "contact_id"), Index(None, "card_id"),
)  # fmt: skip

CONFIDENCES = _table(
    "evidence", "field_confidence", "How sure each single-valued field is, and what else was claimed.",
    Column("subject", Uuid, primary_key=True, comment="company_id, contact_id or employment_id."),
    Column("field", Text, primary_key=True, comment="Field."),
    Column("value", Text, primary_key=True, comment="Value."),
    Column("confidence", Numeric(4, 3), nullable=False, comment="Chance (0 to 1) that it is right today."),
    Column("source_count", Integer, nullable=False, comment="Sources that state it."),
    Column("family_count", Integer, nullable=False, comment="Independent families that state it."),
    _text("factors", "What made the figure."),
    Column("is_winner", Boolean, nullable=False, comment="Whether it is the value shown."),
)  # fmt: skip

MEMBERS = _table(
    "match", "members", "Which company or person each card belongs to.",
    Column("card_id", Uuid, primary_key=True, comment="The card."),
    _text("kind", "company or person.", null=False),
    Column("entity_id", Uuid, nullable=False, comment="company_id or contact_id."),
    Column("probability", Numeric(4, 3), nullable=False, comment="How sure the card belongs there."),
    _text("source", "Source of the card.", null=False),
    _text("record_id", "The record's own key.", null=False),
    Column("employer_card_id", Uuid, comment="A person's: the card of the company where the person works."),
    Index(None, "entity_id"),
)  # fmt: skip

DECISIONS = _table(
    "match", "decisions", "Why two cards are, may be or are not one.",
    Column("left_id", Uuid, primary_key=True, comment="One card."),
    Column("right_id", Uuid, primary_key=True, comment="The other."),
    _text("kind", "company or person.", null=False),
    Column("weight", Numeric(8, 3), nullable=False, comment="Log-odds (natural logarithm) that they are one."),
    Column("probability", Numeric(4, 3), nullable=False, comment="The same as a chance."),
    _text("outcome", "same, different or review.", null=False),
    _text("reasons", "Level and weight per field, split into rows by match.reasons; no values."),
    _text("held_apart_by", "What keeps them apart although they are alike: judgement, number, group or neighbours."),
)  # fmt: skip

JUDGEMENTS = _table(
    "match", "judgements", "What stewards say of two cards; it outlives every run and is withdrawn, never deleted.",
    Column("judgement_id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the judgement."),
    Column("left_id", Uuid, nullable=False, comment="One card; which is left and which is right is of no matter."),
    Column("right_id", Uuid, nullable=False, comment="The other; a card that is not there yet is waited for."),
    _text("judgement", "same or different; one different outweighs any number of same.", null=False),
    _text("reason", "Why, in words; about the records, never quoting them.", null=False),
    Column("who", Text, nullable=False, server_default=text("CURRENT_USER"), comment="Who judged."),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=text("now()"), comment="When."),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was withdrawn; empty: it holds."),
    _text("withdrawn_by", "Who withdrew it."),
    _text("withdrawn_because", "Why it was withdrawn."),
    CheckConstraint("judgement in ('same', 'different')", name="judgement"),
    CheckConstraint("left_id <> right_id", name="two_cards"),
    CheckConstraint("btrim(reason) <> ''", name="reason"),
    CheckConstraint("withdrawn_at >= made_at", name="withdrawn_later"),
    Index(None, "left_id", "right_id"), Index(None, "right_id"),
)  # fmt: skip

TERMS = _table(
    "match", "terms", "What the fields and rules in the reasons of a decision mean.",
    Column("kind", Text, primary_key=True, comment="company or person."),
    Column("term", Text, primary_key=True, comment="Field or rule."),
    _text("sentence", "What it compares or says.", null=False),
)  # fmt: skip

FORMER_JOBS = _table(
    "match", "former_jobs", "Jobs that a record stated before the same record named another employer.",
    Column("card_id", Uuid, primary_key=True, comment="The card of the person."),
    Column("employer_card_id", Uuid, primary_key=True, comment="The card of the employer that it named before."),
    _text("role_type", "officer, director, owner, employee, contact_point or agent.", null=False),
    _text("job_title", "Title as on the card."),
    _text("seniority", "owner, c_level, vp, director, manager or staff."),
    _text("department", "Department."),
    _text("started_on", "ISO date, as precise as it was stated, on which the role began."),
    _text("ended_on", "The same of the end: when the record named the next employer.", null=False),
    Column("stated_on", Date, nullable=False, comment="The last day for which the record confirmed the job."),
)  # fmt: skip

ID_MAP = _table(
    "match", "id_map", "Where former ids went.",
    Column("old_id", Uuid, primary_key=True, comment="The former id."),
    Column("new_id", Uuid, primary_key=True, comment="The present id."),
    _text("kind", "merge or split.", null=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, comment="When it happened."),
)  # fmt: skip

REFUSALS = _table(
    "privacy", "refusals", "What did not come through, by reason; never a value.",
    Column("source", Text, primary_key=True, comment="Source."),
    Column("feed", Text, primary_key=True, comment="Feed."),
    Column("entry", Text, primary_key=True, comment="refused, set_aside or unpublished."),
    Column("field", Text, primary_key=True, comment="Field or path."),
    Column("code", Text, primary_key=True, comment="Reason code."),
    Column("snapshot_id", Text, nullable=False, comment="Snapshot."),
    Column("n", Integer, nullable=False, comment="How often."),
)  # fmt: skip

REASONS = _table(
    "privacy", "reasons", "Every reason code with its sentence.",
    Column("code", Text, primary_key=True, comment="Code."),
    _text("sentence", "What it means.", null=False),
)  # fmt: skip

SUPPRESSIONS = _table(
    "privacy", "suppressions", "Cards that must not come through the gate again.",
    Column("card_id", Uuid, primary_key=True, comment="The card, see match.members."),
    _text("ground", "Why: objection or erasure.", null=False),
    Column("since", DateTime(timezone=True), nullable=False, comment="Since when."),
)  # fmt: skip

DRIFT = _table(
    "ops", "drift", "Fields that a source carries and its declaration does not name.",
    Column("source", Text, primary_key=True, comment="Source."),
    Column("feed", Text, primary_key=True, comment="Feed."),
    Column("path", Text, primary_key=True, comment="The field's path."),
    Column("n", Integer, nullable=False, comment="How often."),
)  # fmt: skip

PUBLICATIONS = _table(
    "ops", "publications", "Every publication that changed something.",
    Column("published_at", DateTime(timezone=True), primary_key=True, comment="When."),
    Column("table_name", Text, primary_key=True, comment="Which table."),
    Column("inserted", Integer, nullable=False, comment="Rows that came."),
    Column("updated", Integer, nullable=False, comment="Rows that changed."),
    Column("removed", Integer, nullable=False, comment="Rows that went."),
    Column("total", Integer, nullable=False, comment="Rows after it."),
)  # fmt: skip

ARCHIVE = _table(
    "archive", "records", "Rows taken out of use, each with its reason and its end.",
    Column("record_id", Uuid, primary_key=True, comment="Key of the row in its table."),
    Column("table_name", Text, primary_key=True, comment="The table it stood in."),
    Column("row", JSONB, nullable=False, comment="The row."),
    _text("reason", "legal_obligation, dispute or enforcement.", null=False),
    Column("archived_at", DateTime(timezone=True), nullable=False, comment="When it was archived."),
    Column("destroy_after", Date, nullable=False, comment="When it is destroyed."),
    CheckConstraint("reason in ('legal_obligation', 'dispute', 'enforcement')", name="reason"),
)  # fmt: skip
