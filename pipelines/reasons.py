"""The closed vocabularies: why something was refused, set aside or flagged; each code with one sentence.

What belongs here: codes and their sentences, nothing else. A code is what logs, checks, ledgers and charts may carry.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A code that carries its sentence."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        """Makes the member: its value is the code, its `sentence` says what happened."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member


class FileFault(Reason):
    """Why a whole file, and with it its source's snapshot, was not taken."""

    EMPTY = "file_empty", "The file holds nothing."
    TRUNCATED = "file_truncated", "The file ends in the middle of a record."
    ENCODING = "file_encoding", "The file is not in the declared encoding."
    HTML = "file_is_html", "The file is a web page (often an error page), not data."
    MALFORMED = "file_malformed", "The file is not in the declared format."
    COLUMN = "file_column_missing", "A declared column is missing from the header."
    COUNT = "file_count", "The file does not hold as many records as it says or as its declaration demands."
    UNREADABLE = "file_unreadable", "The file cannot be opened."
    TOO_LARGE = "file_too_large", "The file, or something in it, is larger than is safe to read."
    ELSEWHERE = "file_leads_elsewhere", "The archive holds a file whose name leads out of the folder it is unpacked to."
    ROBOTS = "file_robots", "The site's robots.txt does not allow the file to be fetched."
    NO_FILE = "no_file", "The source's folder holds no file that its declaration knows."


class RecordFault(Reason):
    """Why one record was set aside."""

    UNREADABLE = "record_unreadable", "The record is not in the format of its file."
    COLUMNS = "record_columns", "The record has another number of columns than the header."
    NO_KEY = "record_no_key", "The record does not carry its key."
    NO_NAME = "record_no_name", "The record names neither a company nor a person."
    NOT_A_PARTY = "record_not_a_party", "The record is a control line, a statement or an exemption, not a party."
    NOT_TEXT = "record_not_text", "The record has a value with a NUL or half of a surrogate pair, which is no text."
    OVERLONG = "record_overlong", "The record has a value longer than any on a business card."
    PARSER = "record_not_understood", "The record has a shape that the source's parser does not understand."


class Refusal(Reason):
    """Why a field, a value or a whole card was refused at the gate."""

    # fields that a source carries and that no card may: the categories of `refused:` in a source.yml
    BIRTH = "birth", "A date or place of birth."
    NATIONALITY = "nationality", "A nationality, citizenship or country of residence."
    GENDER = "gender", "A sex, gender or form of address that tells it."
    FAMILY = "family", "A family member or marital status."
    PERSONAL_ID = "personal_id", "A personal identification, tax or licence number."
    PHOTO = "photo", "A picture of a person."
    HOME = "home", "A home address, home telephone or private e-mail address, by its label."
    MONEY = "money", "Pay, holdings or other money of a person."
    SENSITIVE_FIELD = "sensitive_field", "A field whose subject is health, religion, politics, race or the like."
    FREE_TEXT = "free_text", "Free text about a person, which is never read."
    PERSON_RECORD = "person_record", "A field that only natural persons without a business role carry."
    OWNERSHIP = "ownership", "Ownership or control of a person."
    # values
    FREE_MAIL = "free_mail", "An e-mail address at a free-mail provider."
    DISPOSABLE_MAIL = "disposable_mail", "An e-mail address at a disposable, relay or masking provider."
    ISP_MAIL = "isp_mail", "An e-mail address at a household internet provider."
    SPECIAL_MAIL = "special_mail", "An e-mail address at a special-use domain or an IP literal."
    PERSONAL_DOMAIN = "personal_domain", "An e-mail domain or site that is the person's own name."
    NO_EVIDENCE = "no_business_evidence", "An e-mail address whose domain nothing ties to the employer, so far."
    HOME_PHONE = "home_phone", "A telephone labelled home."
    MOBILE_PHONE = "mobile_phone", "A mobile telephone that nothing shows to be the organisation's."
    PAGER = "pager", "A pager."
    PREMIUM_PHONE = "premium_phone", "A premium-rate, personal or otherwise special number."
    HOME_ADDRESS = "home_address", "An address labelled home, or with the signs of a dwelling."
    PERSON_ADDRESS = "person_address", "An address of a person, not of an organisation."
    PRIVATE_NETWORK = "private_network", "A page on a private social network, or a person's private page."
    SENSITIVE_TITLE = "sensitive_title", "A job title that reveals religion, politics or union membership."
    SENSITIVE_SECTOR = "sensitive_sector", "A named person at a religious, political or union organisation."
    CLERICAL_TITLE = "clerical_title", "A clerical form of address, stripped from a name."
    CARD_NUMBER = "card_number", "A payment card number."
    NOT_ON_CARD = "not_on_card", "A field that does not stand on a business card."
    UNUSABLE = "unusable", "A value that is empty, a placeholder or not of its kind."
    # cards
    SOLE_TRADER = "sole_trader", "A contact value of a sole trader, or of one who may be."
    NO_BUSINESS_ROLE = "no_business_role", "A person without an organisation or a role there."
    SOURCE_RESTRICTION = "source_restriction", "The source itself says that the record may not be passed on."
    SUPPRESSED = "suppressed", "A person or organisation that asked not to be here."
    ENDED = "ended", "A role, value or record that the source says has ended."
    STALE = "stale", "A person whom no source has confirmed for longer than the retention policy allows."


class Finding(Reason):
    """What a verifying check found about a value."""

    SYNTAX = "syntax", "Not written as a value of its kind is."
    REPAIRED = "repaired", "Written wrongly in a known way, and repaired."
    SEVERAL = "several", "One raw value hid several."
    PLACEHOLDER = "placeholder", "A placeholder such as N/A, 000000 or test."
    UNKNOWN_COUNTRY = "unknown_country", "The country is not known, so the value cannot be judged whole."
    IMPOSSIBLE_NUMBER = "impossible_number", "Too long or too short for a number of its country."
    UNASSIGNED_NUMBER = "unassigned_number", "In a range of numbers that is not in use."
    ROLE_MAILBOX = "role_mailbox", "A mailbox of a function (info@), not of a person."
    FREE_PROVIDER = "free_provider", "At a free-mail provider."
    DISPOSABLE = "disposable", "At a disposable provider."
    SPECIAL_DOMAIN = "special_domain", "At a special-use domain that no mail can reach."
    CHECK_DIGIT = "check_digit", "The check digit is wrong."
    UNKNOWN_SCHEME = "unknown_scheme", "A register that is not known here."
    POSTAL_CODE = "postal_code", "The postal code is not one of the country."
    INCOMPLETE = "incomplete", "Parts that the country needs are missing."
    CARE_OF = "care_of", "An address care of somebody else."
    PRIVATE_NETWORK = "private_network", "A network that is not for business."
    NOT_A_PAGE = "not_a_page", "An address on a network that is not a page of a company or person."
    NOT_A_NAME = "not_a_name", "Not a name: digits, a sentence or a department."
    COMPANY_AS_PERSON = "company_as_person", "A company written in the field of a person."
    SHARED = "shared", "Used by many, so it belongs to none."


def check(code: str) -> str:
    """Returns `code` when some vocabulary holds it.

    Raises:
        KeyError: No vocabulary holds the code.
    """
    if code not in SENTENCES:
        raise KeyError(f"unknown reason code {code!r}")
    return code


SENTENCES: dict[str, str] = {
    str(member): member.sentence for vocabulary in (FileFault, RecordFault, Refusal, Finding) for member in vocabulary
}
"""Every code with its sentence, for ledgers, charts and docs."""
