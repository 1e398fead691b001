"""Logs say what happened, and not to whom."""

import logging

import pytest
from django.test import Client

from tracker.config.logs import set_up, without_people


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sent to ada.lovelace+x@example.org", "sent to <address>"),
        ("sent to o'brien!x/y@example.org", "sent to <address>"),
        ('sent to "ada lovelace"@example.org', "sent to <address>"),
        ("sent to ada@[203.0.113.7]", "sent to <address>"),
        ("{'ada#1@example.org': (550, b'no')}", "{'<address>': (550, b'no')}"),
        ("refused 203.0.113.7", "refused <ip>"),
        ("refused 2001:db8::1, 2a02:810d:1::5", "refused <ip>, <ip>"),
        ("tracker::x at 12:30", "tracker::x at 12:30"),
        ("refused 2001:db8:0:0:8:800:200c:417a twice", "refused <ip> twice"),
        ("listening on 127.0.0.1:8000 at 12:30:45", "listening on 127.0.0.1:8000 at 12:30:45"),
        ("loaded 1699 records of 2020-06-10", "loaded 1699 records of 2020-06-10"),
    ],
)
def test_addresses_in_the_text_are_blotted_out(text: str, shown: str) -> None:
    assert without_people(None, "info", {"event": text})["event"] == shown


def test_fields_that_name_a_person_are_dropped() -> None:
    event = {"event": "signed in", "user": "ada", "ip": "203.0.113.7", "request": object(), "count": 3}
    assert without_people(None, "info", event) == {"event": "signed in", "count": 3}


@pytest.mark.django_db
def test_a_wrong_address_is_one_line_and_a_failure_keeps_its_traceback(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger().handlers[:]
    set_up(debug=False)  # now that standard error is watched
    try:
        client.get("/no/such/page")
        line = capfd.readouterr().err
        assert "/no/such/page" in line
        assert line.count("\n") == 1
        logging.getLogger("django.request").error("broke", exc_info=ValueError("why"))
        assert "ValueError: why" in capfd.readouterr().err
    finally:
        logging.getLogger().handlers[:] = before
