"""Awards of a federal agency become its contracts: it is in no state, and an award has one recipient."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.imports.conftest import vendor
from tests.imports.datasets.conftest import Written, written
from tests.imports.datasets.test_usaspending import AMENDED, ROW
from tests.refusals import as_at_commit
from tracker.imports.actions import import_file
from tracker.imports.usaspending import UsaSpending
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Partnership

__all__ = ["written"]


@pytest.fixture
def ice(usa: Place) -> Organization:
    return Organization.objects.create(
        role="agency", kind="federal", name="U.S. Immigration and Customs Enforcement", slug="ice", place=usa
    )


def test_an_award_is_one_contract_of_the_agency_with_the_sum_of_its_lines(ice: Organization, written: Written) -> None:
    maker = vendor("magnet-forensics", "Magnet Forensics")
    sold = {"Transaction Description": "MAGNET FORENSICS GRAYKEY LICENSE"}
    other = {"Generated Award ID": "CONT_AWD_2", "Award ID": "2", "Recipient Name": "GEE, LEE, INC."}
    path = written(ROW, sold, AMENDED, other)
    report = import_file(UsaSpending(), path, on=date(2026, 11, 23), now=datetime(2026, 11, 23, 12, tzinfo=UTC))
    as_at_commit()
    contract = Partnership.objects.get()
    assert (contract.client, contract.vendor, contract.via_words) == (ice, maker, "PANAMERICA COMPUTERS, INC.")
    assert (contract.kind, contract.amount, contract.currency) == ("contract", Decimal("4990000.00"), "USD")
    assert str(contract.started) == "2024-08-19"
    assert sum(samples.total() for samples in report.refused.values()) == 1, "the other award, once"
