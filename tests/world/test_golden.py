"""The queries of curate on hand-made worlds: survivorship, evidence, what is shown, for how long, and why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from tests.world.golden_world import Golden, claim, mail, name, person_name


@pytest.fixture
def world(tmp_path: Path) -> Golden:
    return Golden(tmp_path)


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def refused(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, str, str], str]:
    held = tables["refusals"]
    return {(str(row.entry), str(row.field), str(row.code)): str(row.n) for row in held.itertuples()}


# --- survivorship -----------------------------------------------------------------------------------------------------


def test_the_legal_name_beats_every_other_and_the_trading_name_is_shown(world: Golden) -> None:
    world.card("1", "A", name("Alder Ltd", "legal"), source="web")
    world.card("2", "A", name("Alder Shops", "trading"), source="gleif")
    world.card("3", "A", name("Alder Shops", "trading"), source="fdic")
    world.card("4", "A", name("Old Alder Ltd", "former"), source="gleif")
    tables = world.tables()
    company = only(tables["companies"])
    assert (company["legal_name"], company["display_name"]) == ("Alder Ltd", "Alder Shops")
    assert list(company["former_names"]) == ["Old Alder Ltd"]
    assert list(company["other_names"]) == ["Alder Shops"]
    scores = tables["field_confidence"].set_index("value")
    assert scores["is_winner"].to_dict() == {"Alder Ltd": True, "Alder Shops": False, "Old Alder Ltd": False}


def test_a_name_that_is_legal_somewhere_is_no_former_name(world: Golden) -> None:
    world.card("1", "A", name("Alder Ltd", "legal"))
    world.card("2", "A", name("Alder Ltd", "former"), source="web")
    company = only(world.tables()["companies"])
    assert company["legal_name"] == "Alder Ltd"
    assert list(company["former_names"]) == []


def test_a_company_known_by_its_number_only_is_shown_by_it(world: Golden) -> None:
    world.card("1", "A", claim("identifier", "LEI:123", scheme="LEI"))
    company = only(world.tables()["companies"])
    assert company["display_name"] == "LEI:123"
    assert pd.isna(company["legal_name"])


def test_a_spelt_out_first_name_beats_an_initial_however_sure_that_is(world: Golden) -> None:
    world.card("1", "A", name("Alder"))
    for source in ("gleif", "fdic", "edgar"):
        world.job(f"p-{source}", "P", "1", person_name("J.", "Roe"), source=source)
    world.job("p-web", "P", "1", person_name("Jane", "Roe"), source="web")
    contact = only(world.tables()["contacts"])
    assert (contact["full_name"], contact["first_name"], contact["last_name"]) == ("Jane Roe", "Jane", "Roe")


def test_then_confidence_then_the_latest_word_decide(world: Golden) -> None:
    world.card("1", "A", name("Alder"), claim("status", "active"), claim("legal_form", "Ltd"), source="gleif")
    world.card("2", "A", claim("status", "active"), source="fdic")
    world.card("3", "A", claim("status", "inactive"), source="edgar")
    world.card("4", "A", name("Alder"), claim("industry", "NACE:1"), source="edgar", stated="2026-10-02")
    world.card("5", "A", name("Alder"), claim("industry", "NACE:2"), source="fdic", stated="2026-10-19")
    company = only(world.tables()["companies"])
    assert company["status"] == "active"
    assert company["industry"] == "NACE:2"


def test_the_order_of_the_cards_is_of_no_matter(tmp_path: Path) -> None:
    cards = [
        ("1", name("Alder Ltd"), "gleif"), ("2", name("Alder Limited"), "fdic"), ("3", name("Alder Lim"), "edgar"),
    ]  # fmt: skip
    found = []
    for turn, order in enumerate((cards, cards[::-1])):
        folder = tmp_path / str(turn)
        folder.mkdir()
        world = Golden(folder)
        for key, one, source in order:
            world.card(
                key,
                "A",
                one,
                claim("website", f"https://{key}-invented.com", domain=f"{key}-invented.com"),
                source=source,
            )
        found.append(world.tables())
    for table in ("companies", "websites", "claims_published", "field_confidence"):
        key = str(found[0][table].columns[0])
        first, second = (
            tables[table].sort_values([key, *(["value"] if "value" in tables[table] else [])], ignore_index=True)
            for tables in found
        )
        pd.testing.assert_frame_equal(first, second)


# --- who states it ----------------------------------------------------------------------------------------------------


def test_sources_and_independent_families_are_counted(world: Golden) -> None:
    for source in ("gleif", "edgar", "nppes"):
        world.card(f"c-{source}", "A", name("Alder"), claim("phone", "+15550100"), source=source)
    world.card("c-web", "A", name("Alder"), source="web")
    tables = world.tables()
    phone, company = only(tables["phones"]), only(tables["companies"])
    assert (phone["source_count"], phone["family_count"]) == (3, 2)
    assert list(phone["sources"]) == ["edgar", "gleif", "nppes"]
    assert (company["source_count"], company["family_count"]) == (4, 3)
    assert tables["claims_published"]["claim_id"].is_unique
    assert len(tables["claims_published"]) == 7


def test_two_cards_of_one_source_are_one_source(world: Golden) -> None:
    world.card("1", "A", name("Alder"))
    world.card("2", "A", name("Alder"))
    assert only(world.tables()["companies"])["source_count"] == 1


def test_two_sources_are_surer_than_one(tmp_path: Path) -> None:
    sure = []
    for sources in (("fdic",), ("fdic", "gleif"), ("edgar", "nppes")):
        folder = tmp_path / "-".join(sources)
        folder.mkdir()
        world = Golden(folder)
        for source in sources:
            world.card(source, "A", name("Alder"), claim("phone", "+15550100"), source=source)
        sure.append(float(only(world.tables()["phones"])["confidence"]))
    assert sure[1] > sure[0]
    assert sure[2] <= sure[1]


# --- e-mail only on evidence ------------------------------------------------------------------------------------------


def test_an_address_at_the_employers_site_is_published_and_any_other_waits(world: Golden) -> None:
    world.card(
        "1",
        "A",
        name("Alder Ltd", core="alder"),
        claim("website", "https://firm-invented.com", domain="firm-invented.com"),
    )
    world.job(
        "p", "P", "1", person_name("Jane", "Roe"), mail("jane@firm-invented.com"), mail("jane@elsewhere-invented.com")
    )
    tables = world.tables()
    email = only(tables["emails"])
    assert (email["email_address"], email["business_evidence"]) == ("jane@firm-invented.com", "employer_domain")
    assert email["contact_id"] == "P"
    assert "jane@elsewhere-invented.com" not in set(tables["claims_published"]["value"])
    assert refused(tables) == {("unpublished", "email_address", "no_business_evidence"): "1"}


@pytest.mark.parametrize(
    ("staff", "companies", "evidence"), [(1, 1, ""), (2, 1, "shared_by_staff"), (2, 3, "shared_by_staff"), (2, 4, "")]
)
def test_colleagues_vouch_for_a_domain_that_few_companies_use(
    world: Golden, staff: int, companies: int, evidence: str
) -> None:
    for n in range(companies):
        world.card(
            f"c{n}", f"C{n}", name(f"Firm {n}", core="zzz"), mail("office@shared-invented.com") if n else name("Firm")
        )
    for n in range(staff):
        world.job(f"p{n}", f"P{n}", "c0", person_name("Jane", f"Roe{n}"), mail(f"jane{n}@shared-invented.com"))
    emails = world.tables()["emails"]
    assert set(emails[emails["company_id"] == "C0"]["business_evidence"]) == ({evidence} if evidence else set())


def test_the_evidence_of_one_employer_is_not_anothers(world: Golden) -> None:
    world.card(
        "1", "A", name("Alder", core="qqq"), claim("website", "https://firm-invented.com", domain="firm-invented.com")
    )
    world.card("2", "B", name("Birch", core="zzz"))
    world.job("p", "P", "2", person_name("Jane", "Roe"), mail("jane@firm-invented.com"))
    assert world.tables()["emails"].empty


BY_NATURE = ["leeds.gov.uk", "sample.edu", "sample.ac.uk", "sample.gouv.fr", "sample.gob.mx"]


def test_a_governments_or_schools_domain_is_business_by_nature(world: Golden) -> None:
    for domain in BY_NATURE:
        for n in range(4):
            council = name(f"Council {n}", core=f"city council of office {n}")
            world.card(f"{domain}{n}", f"{domain}{n}", council, mail(f"d{n}@{domain}", "role"))
    emails = world.tables()["emails"]
    assert set(emails["domain"]) == set(BY_NATURE)
    assert set(emails["business_evidence"]) == {"public_domain"}


def test_a_domain_that_says_the_organisations_name_is_evidence(world: Golden) -> None:
    said = {("aldermill.com", "named"), ("alder.co.uk", "named"), ("amw.com", "role")}
    for n, (domain, kind) in enumerate([*sorted(said), ("amv.com", "named"), ("birchyard.com", "role")]):
        world.card(f"{n}", f"C{n}", name("Alder Mill Works Ltd", core="alder mill works"), mail(f"d@{domain}", kind))
    emails = world.tables()["emails"]
    assert set(zip(emails["domain"], emails["kind"], strict=True)) == said
    assert set(emails["business_evidence"]) == {"named_like_company"}


def test_a_domain_that_many_companies_call_their_site_belongs_to_none(world: Golden) -> None:
    for domain, companies in (("group-invented.com", 20), ("portal-invented.com", 21)):
        for n in range(companies):
            site = claim("website", f"https://{domain}", domain=domain)
            world.card(f"{domain}{n}", f"{domain}{n}", name("Firm", core="group"), site, mail(f"s{n}@{domain}", "role"))
    assert world.tables()["emails"]["domain"].value_counts().to_dict() == {"group-invented.com": 20}


def test_staff_who_are_not_shown_vouch_for_nothing(world: Golden) -> None:
    world.card("1", "A", name("Firm", core="zzz"))
    world.job("p", "P", "1", person_name("Jane", "Roe"), mail("jane@shared-invented.com"))
    world.job("q", "Q", "1", person_name("Joan", "Poe"), mail("joan@shared-invented.com"), stated="2020-01-01")
    tables = world.tables()
    assert tables["emails"].empty
    assert refused(tables)[("unpublished", "email_address", "no_business_evidence")] == "2"


def test_an_address_that_waits_is_published_when_evidence_comes_and_ages_meanwhile(tmp_path: Path) -> None:
    def published(*, site: bool, stated: str) -> list[str]:
        folder = tmp_path / f"{site}-{stated}"
        folder.mkdir()
        world = Golden(folder)
        world.card("1", "A", name("Firm", core="zzz"))
        world.job("p", "P", "1", person_name("Jane", "Roe"), mail("jane@firm-invented.com"), stated=stated)
        if site:
            world.card(
                "2", "A", claim("website", "https://firm-invented.com", domain="firm-invented.com"), source="fdic"
            )
        return world.tables()["emails"]["email_address"].tolist()

    assert published(site=False, stated="2026-10-20") == []
    assert published(site=True, stated="2026-10-20") == ["jane@firm-invented.com"]
    # evidence that comes after the retention policy has ended the person comes too late
    assert published(site=True, stated="2024-10-20") == []


# --- the second look: what only all sources together show -----------------------------------------------------------


SECTOR = [claim("industry", "UKSIC:94910"), name("Sample Parish Church", "trading"), name("Gewerkschaft Muster")]


def test_nobody_is_shown_at_an_organisation_that_another_source_knows_as_one_of_belief(world: Golden) -> None:
    world.card("b", "B", name("Birch Ltd"), source="web")
    for n, told in enumerate(SECTOR):
        site = claim("website", f"https://sample{n}-invented.org", domain=f"sample{n}-invented.org")
        world.card(f"{n}a", f"A{n}", name("Sample Hall Ltd"), site, source="web")
        world.card(f"{n}b", f"A{n}", told, source="gleif")
        world.job(f"p{n}", f"P{n}", f"{n}a", person_name("Jane", "Roe"), claim("job_title", "Accountant"), source="web")
        world.job(f"q{n}", f"Q{n}", f"{n}a", person_name("Joan", "Poe"), source="edgar")
        world.job(f"r{n}", f"Q{n}", "b", person_name("Joan", "Poe"), source="web")
        world.card(f"{n}c", f"A{n}", mail(f"office@sample{n}-invented.org", "role"),
                   mail(f"jane.roe@sample{n}-invented.org", "named"), claim("phone", f"+44113496000{n}", "switchboard"),
                   claim("phone", f"+44770090012{n}", "work_mobile"), source="web")  # fmt: skip
    tables = world.tables()
    assert sorted(tables["contacts"]["contact_id"]) == ["Q0", "Q1", "Q2"]
    assert set(tables["jobs"]["company_id"]) == {"B"}
    assert set(tables["companies"]["company_id"]) == {"A0", "A1", "A2", "B"}
    assert sorted(tables["emails"]["email_address"]) == [f"office@sample{n}-invented.org" for n in range(3)]
    assert sorted(tables["phones"]["e164"]) == [f"+44113496000{n}" for n in range(3)]
    assert not tables["claims_published"]["card_id"].str.startswith(("p", "q")).any()
    held = tables["refusals"].set_index(["source", "field", "code"])["n"].to_dict()
    assert held == {
        ("web", "card", "sensitive_sector"): "3", ("edgar", "card", "sensitive_sector"): "3",
        ("web", "email_address", "sensitive_sector"): "3", ("web", "phone", "sensitive_sector"): "3",
    }  # fmt: skip


def test_a_title_that_reveals_belief_takes_the_person_out_whole(world: Golden) -> None:
    job_cards(world)
    world.job("p", "P", "1", person_name("Jane", "Roe"), claim("job_title", "Hospital Chaplain"))
    world.job("p2", "P", "2", person_name("Jane", "Roe"), claim("job_title", "Lecturer"), source="web")
    world.job("q", "Q", "1", person_name("Joan", "Poe"), claim("job_title", "Chief Physician"))
    tables = world.tables()
    assert tables["contacts"]["contact_id"].tolist() == ["Q"]
    assert "P" not in set(tables["claims_published"]["contact_id"].dropna())


def test_who_trades_as_a_person_by_one_source_keeps_name_town_and_numbers_by_all(world: Golden) -> None:
    world.card("1", "A", name("Roe Flowers"), claim("identifier", "XX:1", scheme="XX"), party="sole_trader")
    site = claim("website", "https://roeflowers-invented.com", domain="roeflowers-invented.com")
    street = claim("address", "1 High St, Leeds, LS1 1AA, GB", "registered", street_address="1 High St",
                   locality="Leeds", postal_code="LS1 1AA", country_code="GB")  # fmt: skip
    page = claim("social_profile", "https://www.facebook.com/roeflowers", platform="facebook", page_kind="company_page")
    world.card("2", "A", name("Roe Flowers"), site, street, page, claim("phone", "+441134960000", "work"),
               mail("info@roeflowers-invented.com", "role"), source="web")  # fmt: skip
    world.job("p", "P", "2", person_name("Jane", "Roe"), mail("jane@roeflowers-invented.com"), source="web")
    tables = world.tables()
    assert only(tables["companies"])["party"] == "sole_trader"
    for table in ("emails", "phones", "social_profiles", "websites"):
        assert tables[table].empty
    address = only(tables["addresses"])
    assert (address["formatted"], address["locality"], address["country_code"]) == ("Leeds, GB", "Leeds", "GB")
    assert pd.isna(address["street_address"])
    assert pd.isna(address["postal_code"])
    assert not tables["claims_published"]["value"].str.contains("High St|LS1").any()
    assert only(tables["identifiers"])["value"] == "1"
    assert len(tables["contacts"]) == 1


PRIVATE = [
    (claim("phone", "+441134960001", "home"), "home_phone"),
    (claim("phone", "+441134960002", "mobile"), "home_phone"),
    (claim("phone", "+441134960003", "work", line_type="pager"), "home_phone"),
    (claim("phone", "+447012345678", "work", line_type="personal_number"), "premium_phone"),
    (claim("phone", "+449012345678", "work", line_type="premium_rate"), "premium_phone"),
    (claim("address", "1 High St, Leeds", "home", locality="Leeds"), "home_address"),
    (claim("address", "2 High St, Leeds", "correspondence", locality="Leeds"), "home_address"),
    (claim("address", "4111 1111 1111 1111, Leeds", "registered", locality="Leeds"), "card_number"),
    (claim("website", "https://x.com/?m=jane@gmail.com", domain="x.com"), "free_mail"),
    (claim("social_profile", "https://www.linkedin.com/in/janeroe", platform="linkedin"), "private_network"),
]


def test_a_private_value_that_the_gate_let_through_is_withheld_and_counted(world: Golden) -> None:
    for n, (one, _) in enumerate(PRIVATE):
        world.card(f"{n}", f"C{n}", name(f"Alder {n} Ltd"), one)
    tables = world.tables()
    for table in ("phones", "addresses", "websites", "social_profiles"):
        assert tables[table].empty
    assert set(tables["claims_published"]["field"]) == {"company_name"}
    counted = Counter((one["field"], code) for one, code in PRIVATE)
    assert refused(tables) == {("unpublished", *each): str(n) for each, n in counted.items()}


# --- jobs -------------------------------------------------------------------------------------------------------------


def job_cards(world: Golden) -> None:
    world.card("1", "A", name("Alder"), claim("website", "https://alder-invented.com", domain="alder-invented.com"))
    world.card("2", "B", name("Birch"), claim("website", "https://birch-invented.com", domain="birch-invented.com"))


def test_a_person_whom_nobody_has_confirmed_for_too_long_is_not_shown(world: Golden) -> None:
    job_cards(world)
    world.job("p", "P", "1", person_name("Jane", "Roe"), mail("jane@alder-invented.com"), stated="2024-10-31")
    world.job("p2", "P", "1", person_name("Jane", "Roe"), stated="2024-10-30", source="web")
    world.job("q", "Q", "1", person_name("Joan", "Poe"), stated="2024-11-01")
    tables = world.tables()
    assert set(tables["contacts"]["contact_id"]) == {"Q"}
    assert set(tables["jobs"]["contact_id"]) == {"Q"}
    assert tables["emails"].empty
    held = tables["refusals"].set_index(["source", "code"])["n"]
    assert held.to_dict() == {("gleif", "stale"): "1", ("web", "stale"): "1"}
    assert str(only(tables["contacts"])["retain_until"])[:10] == "2026-11-01"


def test_people_not_shown_are_counted_by_card_and_reason(world: Golden) -> None:
    job_cards(world)
    for n in range(3):
        world.job(f"s{n}", f"S{n}", "1", person_name("Jane", f"Stale{n}"), stated="2020-01-01")
    for n in range(2):
        world.job(f"e{n}", f"E{n}", "1", person_name("Jane", f"Ended{n}"), ended_on="2026-01")
    tables = world.tables()
    assert tables["contacts"].empty
    assert refused(tables) == {("unpublished", "card", "stale"): "3", ("unpublished", "card", "ended"): "2"}


def test_a_change_of_job_keeps_the_former_one_as_history_without_its_contact_data(world: Golden) -> None:
    job_cards(world)
    world.job("p1", "P", "1", person_name("Jane", "Roe"), claim("job_title", "Buyer", seniority="staff"),
              mail("jane@alder-invented.com"), claim("phone", "+15550100"),
              started_on="2019", ended_on="2026-03")  # fmt: skip
    world.job("p2", "P", "2", person_name("Jane", "Roe"), claim("job_title", "Head of Purchasing"),
              mail("jane@birch-invented.com"), started_on="2026-04-15", source="web")  # fmt: skip
    tables = world.tables()
    jobs = tables["jobs"].set_index("company_id")
    assert jobs["is_current"].to_dict() == {"A": False, "B": True}
    assert jobs["is_primary"].to_dict() == {"A": False, "B": True}
    assert jobs["job_title"].to_dict() == {"A": "Buyer", "B": "Head of Purchasing"}
    assert (str(jobs.loc["A", "end_date"])[:10], jobs.loc["A", "end_date_precision"]) == ("2026-03-01", "month")
    assert (str(jobs.loc["A", "start_date"])[:10], jobs.loc["A", "start_date_precision"]) == ("2019-01-01", "year")
    assert (str(jobs.loc["B", "start_date"])[:10], jobs.loc["B", "start_date_precision"]) == ("2026-04-15", "day")
    assert only(tables["emails"])["email_address"] == "jane@birch-invented.com"
    assert tables["phones"].empty
    contact = only(tables["contacts"])
    assert contact["primary_employment_id"] == jobs.loc["B", "employment_id"]


def test_a_job_that_ended_too_long_ago_is_no_history(world: Golden) -> None:
    job_cards(world)
    world.job("p1", "P", "1", person_name("Jane", "Roe"), ended_on="2024-09")
    world.job("p2", "P", "2", person_name("Jane", "Roe"))
    assert set(world.tables()["jobs"]["company_id"]) == {"B"}


def test_a_job_that_ends_in_the_future_is_current(world: Golden) -> None:
    job_cards(world)
    world.job("p", "P", "1", person_name("Jane", "Roe"), ended_on="2027-06-30")
    assert bool(only(world.tables()["jobs"])["is_current"])


def test_the_latest_word_says_whether_a_job_has_ended(world: Golden) -> None:
    job_cards(world)
    world.job("p1", "P", "1", person_name("Jane", "Roe"), ended_on="2026-03-01", stated="2026-03-02")
    world.job("p2", "P", "1", person_name("Jane", "Roe"), stated="2026-09-01", source="web")
    world.job("q1", "Q", "1", person_name("Joan", "Poe"), stated="2026-03-02")
    world.job("q2", "Q", "1", person_name("Joan", "Poe"), ended_on="2026-08-01", stated="2026-09-01", source="web")
    assert set(world.tables()["contacts"]["contact_id"]) == {"P"}


def test_the_primary_job_is_the_one_confirmed_last_and_gives_the_country(world: Golden) -> None:
    job_cards(world)
    world.card("3", "B", claim("address", "1 Rue X, Paris", "headquarters", country_code="FR"))
    world.job("p1", "P", "1", person_name("Jane", "Roe"), role="director", stated="2026-05-01")
    world.job("p2", "P", "2", person_name("Jane", "Roe"), role="employee", stated="2026-06-01")
    tables = world.tables()
    jobs = tables["jobs"]
    assert jobs[jobs["is_primary"]]["company_id"].tolist() == ["B"]
    assert only(tables["contacts"])["country_code"] == "FR"


def test_the_highest_role_of_one_job_is_shown(world: Golden) -> None:
    job_cards(world)
    for n, role in enumerate(("employee", "director", "contact_point")):
        world.job(f"p{n}", "P", "1", person_name("Jane", "Roe"), role=role)
    assert only(world.tables()["jobs"])["role_type"] == "director"


def test_a_person_without_an_employer_or_a_name_is_not_shown(world: Golden) -> None:
    job_cards(world)
    world.job("p", "P", "nowhere", person_name("Jane", "Roe"))
    world.job("q", "Q", "1", claim("job_title", "Buyer"))
    tables = world.tables()
    assert tables["contacts"].empty
    assert tables["jobs"].empty


# --- what belongs to a company ----------------------------------------------------------------------------------------


def test_one_parent_may_stand_in_several_relations(world: Golden) -> None:
    world.card("1", "A", name("Alder"), claim("relation", "LEI:9", "direct_parent"),
               claim("relation", "LEI:9", "ultimate_parent"),
               claim("relation", "LEI:404", "direct_parent"))  # fmt: skip
    world.card("2", "B", name("Birch"), claim("identifier", "LEI:9", scheme="LEI"),
               claim("relation", "LEI:9", "direct_parent"))  # fmt: skip
    relations = world.tables()["company_relations"]
    assert sorted(zip(relations["company_id"], relations["related_company_id"], relations["kind"], strict=True)) == [
        ("A", "B", "direct_parent"), ("A", "B", "ultimate_parent"),
    ]  # fmt: skip
    assert relations["relation_id"].is_unique


def test_addresses_numbers_sites_and_pages_are_laid_out(world: Golden) -> None:
    world.card(
        "1", "A", name("Alder"),
        claim("address", "1 Main St, Salem", "registered", locality="Salem", country_code="US"),
        claim("address", "2 High St, Leeds", "headquarters", locality="Leeds", country_code="GB"),
        claim("identifier", "GB-COH:0123", scheme="GB-COH"),
        claim("website", "https://alder-invented.com", domain="alder-invented.com"),
        claim("social_profile", "https://net.test/alder", platform="net", handle="alder", page_kind="company_page"),
        claim("phone", "+15550100", "fax", status="invalid"),
        claim("incorporated_on", "2001-02-03"), claim("dissolved_on", "2001"),
    )  # fmt: skip
    tables = world.tables()
    company = only(tables["companies"])
    assert (company["country_code"], company["primary_domain"]) == ("GB", "alder-invented.com")
    assert str(company["incorporated_on"])[:10] == "2001-02-03"
    assert pd.isna(company["dissolved_on"])
    assert sorted(tables["addresses"]["kind"]) == ["headquarters", "registered"]
    number = only(tables["identifiers"])
    assert (number["scheme"], number["value"]) == ("GB-COH", "0123")
    assert only(tables["social_profiles"])["handle"] == "alder"
    assert only(tables["websites"])["url"] == "https://alder-invented.com"
    assert tables["phones"].empty


def test_the_ledgers_are_summed_and_drift_is_kept_apart(world: Golden) -> None:
    world.card("1", "A", name("Alder"))
    line = {"source": "gleif", "feed": "all", "field": "phone", "code": "home_phone", "entry": "refused", "n": "2"}
    ledgers = [line, line | {"n": "3"}, line | {"entry": "read", "n": "9"}, line | {"entry": "set_aside", "field": ""},
               line | {"entry": "drift", "field": "x/y", "code": "", "n": "4"}]  # fmt: skip
    tables = world.tables(ledgers)
    assert refused(tables) == {("refused", "phone", "home_phone"): "5", ("set_aside", "", "home_phone"): "2"}
    drift = only(tables["drift"])
    assert (drift["path"], drift["n"]) == ("x/y", "4")


def test_members_decisions_and_moves_are_laid_out(world: Golden) -> None:
    world.card("1", "A", name("Alder"))
    tables = world.tables()
    member = only(tables["match_members"])
    assert (member["entity_id"], member["kind"], member["probability"]) == ("A", "company", "0.988")
    assert tables["match_decisions"]["weight"].tolist() == ["12.346", "12.346"]
    assert len(tables["match_moves"]) == 1
    assert len(tables["snapshot_rows"]) == 6
    assert "country" not in tables["source_rows"]


def test_a_world_without_anybody_makes_every_table_with_its_columns(world: Golden) -> None:
    world.card("1", "A", name(""))
    tables = world.tables()
    for table in ("companies", "contacts", "jobs", "emails", "phones", "field_confidence"):
        assert tables[table].empty
        assert len(tables[table].columns) > 3
