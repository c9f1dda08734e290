"""Names that are registered all in capitals, as a person would write them."""

from __future__ import annotations

import pytest

from pipelines.verify import check
from pipelines.verify.casing import displayed

NAMES = [
    ("ZORBURY TOOLS LIMITED", "Zorbury Tools Limited"),
    ("ZORBURY TOOLS LTD", "Zorbury Tools Ltd"),
    ("ZORBURY & SONS LTD.", "Zorbury & Sons Ltd."),
    ("ZORBURY PUMPEN GMBH & CO. KG", "Zorbury Pumpen GmbH & Co. KG"),
    ("QUORVEX LLC", "Quorvex LLC"),
    ("QUORVEX, INC.", "Quorvex, Inc."),
    ("QUORVEX GROUP PLC", "Quorvex Group PLC"),
    ("QUORVEX A/S", "Quorvex A/S"),
    ("QUORVEX S.A.", "Quorvex S.A."),
    ("UAB QUORVEX", "UAB Quorvex"),
    ("QUORVEX SP. Z O.O.", "Quorvex Sp. z o.o."),
    ("BANK OF ZORBURY, N.A.", "Bank of Zorbury, N.A."),
    ("THE ZORBURY AND DISTRICT TRUST", "The Zorbury and District Trust"),
    ("MCQUILL CONTRACTING", "McQuill Contracting"),
    ("O'QUILL'S BAKERY", "O'Quill's Bakery"),
    ("ST MARY'S HOSPITAL", "St Mary's Hospital"),
    ("ZORBURY NHS FOUNDATION TRUST", "Zorbury NHS Foundation Trust"),
    ("QVX HOLDINGS (UK) LIMITED", "QVX Holdings (UK) Limited"),
    ("ZORBURY-ON-SEA IT SERVICES", "Zorbury-On-Sea IT Services"),
    ("ZORBURY FUND III LP", "Zorbury Fund III LP"),
    ("M&Q 24 LOGISTICS", "M&Q 24 Logistics"),
    ("\u00d6SSELBURG STADTWERKE AG", "\u00d6sselburg Stadtwerke AG"),
    ("CAISSE DE QUORVEX ET DU NORD SA", "Caisse de Quorvex et du Nord SA"),
    ("ORLA E WEXCOMBE 24TH STREET CLINIC", "Orla E Wexcombe 24th Street Clinic"),
    ("QVX", "QVX"),
    ("Zorbury TOOLS", "Zorbury TOOLS"),
    ("quorvex.io", "quorvex.io"),
]


@pytest.mark.parametrize(("registered", "shown"), NAMES)
def test_a_shouted_name_is_shown_as_a_person_writes_it(registered: str, shown: str) -> None:
    assert displayed(registered) == shown
    assert displayed(shown) == shown


def test_the_registered_name_stays() -> None:
    found = check("company_name", "ZORBURY TOOLS LTD")
    assert found.value == "ZORBURY TOOLS LTD"
    assert found.details[0]["display_name"] == "Zorbury Tools Ltd"
