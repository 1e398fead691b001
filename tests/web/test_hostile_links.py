"""No address that runs a script when pressed becomes a link."""

import pytest
from django.test import Client

from tests.web.conftest import Amazon
from tracker.evidence.models import Source
from tracker.organizations.models import Organization

SCRIPT = "javascript:alert(1)//"


@pytest.mark.parametrize(
    "page",
    ["/commitments/moratorium/", "/vendors/amazon/", "/findings/aclu-congress/", "/questions/ice-licence/",
     "/agencies/ice/", "/organizations/thorn/"],
)  # fmt: skip
def test_a_script_in_place_of_an_address_is_no_link(client: Client, amazon: Amazon, page: str) -> None:
    Source.objects.exclude(url="").update(url=SCRIPT, archive_url=SCRIPT)
    Organization.objects.update(website=SCRIPT)
    answer = client.get(page, follow=True)
    assert answer.status_code == 200
    assert 'href="javascript:' not in answer.content.decode().lower()


def test_an_ordinary_address_is_a_link(client: Client, amazon: Amazon) -> None:
    source = Source.objects.exclude(url="").first()
    assert source is not None
    Organization.objects.update(website="https://ice.example/")
    assert 'href="https://ice.example/"' in client.get("/agencies/ice/").content.decode()
