"""Calendars: what a calendar program is told of an end, and of every change of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.alerts.conftest import FURTHER_NOTICE, World, day, fixed
from tests.web import rows
from tracker.alerts import topics
from tracker.alerts.channels.calendar import ics
from tracker.alerts.channels.calendar.entries import entries
from tracker.commitments.actions import declare, extend
from tracker.commitments.lifecycle import Action, End
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db
EVERYTHING = topics.Followed("everything")


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://watch.example.org"


def read(written: bytes) -> Any:
    """The calendar as a calendar program parses it."""
    return Calendar.from_ical(written)


def shown(on: str, followed: topics.Followed = EVERYTHING) -> list[Any]:
    """The events of a calendar on a day, written and read again."""
    written = ics.write("Watchback", "https://watch.example.org/x.ics", entries(followed, day(on)))
    events: list[Any] = read(written).events
    return events


def the_event(on: str) -> Any:
    (event,) = shown(on)
    return event


def alarms(event: Any) -> list[int]:
    """How many days before the first day it warns."""
    return [-alarm["trigger"].dt.days for alarm in event.walk("VALARM")]


def extended(world: World, term: Term, on: str, until: Any) -> Term:
    return extend(
        term.commitment,
        declared_on=PartialDate.parse(on),
        until=until,
        evidence=world.proof("It goes on.", f"https://paper.example/{on}"),
        published_on=day(on),
    )


def test_amazons_moratorium_runs_out_on_a_day_and_warns_four_times(world: World) -> None:
    term = world.moratorium()
    event = the_event("2020-07-01")
    assert event["uid"] == f"commitment-{term.commitment_id}@watch.example.org"
    assert (event.start, event.end) == (date(2021, 6, 10), date(2021, 6, 11))
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["summary"] == "Runs out: One-year moratorium on police use of Rekognition"
    assert "It runs out on 10 June 2021." in event["description"]
    assert (
        "“For one year the police may not use our face recognition.”\n\nSource: Amazon\nhttps://www."
        in event["description"]
    )
    assert event["url"] == "https://watch.example.org/commitments/amazon-rekognition-police-moratorium/"
    assert alarms(event) == [90, 30, 7, 1]


def test_a_moved_date_updates_the_same_event_and_an_open_end_cancels_it(world: World) -> None:
    term = world.moratorium()
    before = the_event("2021-05-01")
    extended(world, term, "2021-05-10", fixed("2022-06-10"))
    moved = the_event("2021-05-10")
    assert moved["uid"] == before["uid"]
    assert (moved["sequence"], moved.start, moved["status"]) == (1, date(2022, 6, 10), "CONFIRMED")
    extended(world, term, "2021-05-18", FURTHER_NOTICE)
    cancelled = the_event("2021-05-18")
    assert cancelled["uid"] == before["uid"]
    assert (cancelled["sequence"], cancelled.start, cancelled["status"]) == (2, date(2022, 6, 10), "CANCELLED")
    assert (
        "It no longer ends on 10 June 2022. It was extended on 18 May 2021. Since then it lasts until"
        in cancelled["description"]
    )
    assert alarms(cancelled) == []
    narrowed = rows.term(term.commitment, "2024-01-26", "narrowed", kind="indefinite")
    later = the_event("2024-01-26")
    assert (later["description"], later["sequence"]) == (cancelled["description"], 2)
    narrowed.delete()
    rows.term(term.commitment, "2024-02-01", "withdrawn")
    assert "until further notice. It was withdrawn on 1 February 2024." in the_event("2024-02-01")["description"]


def test_a_withdrawn_promise_is_cancelled_and_says_why(world: World) -> None:
    declare(
        world.moratorium().commitment,
        Action.WITHDRAWN,
        end=End(),
        declared_on=PartialDate.parse("2020-09-01"),
        evidence=world.proof("We changed our mind.", "https://paper.example/withdrawn"),
        published_on=day("2020-09-01"),
    )
    event = the_event("2020-09-01")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert "It was withdrawn on 1 September 2020.\n\n“We changed our mind.”" in event["description"]


def test_a_lapse_stays_in_the_calendar_and_warns_no_more(world: World) -> None:
    world.ab1215()
    event = the_event("2023-01-01")
    assert (event["summary"], event["status"], event["sequence"]) == ("Lapsed: California AB 1215", "CONFIRMED", 0)
    assert event.start == date(2023, 1, 1)
    assert "It ran out on 1 January 2023. We know of no renewal." in event["description"]
    assert alarms(event) == []
    assert the_event("2022-12-31")["summary"] == "Runs out: California AB 1215"


def test_a_month_as_end_date_spans_it_and_says_that_the_day_is_not_known(world: World) -> None:
    world.rite_aid_ban()
    event = the_event("2024-01-01")
    assert (event.start, event.end) == (date(2028, 12, 1), date(2029, 1, 1))
    assert event["summary"] == "Runs out in December 2028, day not known: Five-year ban on face recognition"
    assert "our sources give no day. It lapses only when the month is over, on 1 January 2029." in event["description"]
    assert alarms(event) == [90, 30, 7, 1]
    assert the_event("2028-12-31")["summary"].startswith("Runs out in December 2028")
    assert the_event("2029-01-01")["summary"].startswith("Lapsed")


def test_the_sequence_never_goes_down_whatever_is_done_to_the_terms(world: World) -> None:
    """By SQL as well: what counts is the history that the database keeps."""
    term = world.moratorium()
    second = extended(world, term, "2021-05-10", fixed("2022-06-10"))
    seen = [the_event("2021-05-20")]
    for change in (
        lambda: Term.objects.filter(pk=second.pk).update(ends_on=PartialDate.parse("2022-07")),
        lambda: Term.objects.filter(pk=second.pk).update(summary="said again"),
        lambda: Term.objects.filter(pk=second.pk).update(published_on=None),
        lambda: second.delete(),
        lambda: Term.objects.filter(pk=term.pk).update(end_kind="indefinite", ends_on=None),
        lambda: Term.objects.filter(pk=term.pk).update(end_kind="fixed", ends_on=PartialDate.parse("2021-06-10")),
    ):
        change()
        seen.append(the_event("2021-05-20"))
    assert [event["sequence"] for event in seen] == [1, 2, 2, 3, 3, 4, 5]
    assert [str(event.start)[:7] for event in seen] == ["2022-06", "2022-07", "2022-07", *["2021-06"] * 4]
    assert [event["status"] for event in seen] == [*["CONFIRMED"] * 5, "CANCELLED", "CONFIRMED"]
    times = [event["last-modified"].dt for event in seen]
    assert times == sorted(times)
    assert len({event["uid"] for event in seen}) == 1


def test_an_extension_that_takes_effect_later_moves_the_date_on_that_day(world: World) -> None:
    term = world.moratorium()
    later = extended(world, term, "2021-05-10", fixed("2022-06-10"))
    Term.objects.filter(pk=later.pk).update(effective_from=PartialDate.parse("2021-06-01"))
    waiting = {on: the_event(on).start for on in ("2021-05-31", "2021-06-01")}
    assert waiting == {"2021-05-31": date(2021, 6, 10), "2021-06-01": date(2022, 6, 10)}


def test_what_never_had_a_date_is_in_no_calendar(world: World) -> None:
    rows.term(rows.commitment(world.amazon, "open-ended"), "2020-06-10", kind="indefinite")
    draft = rows.commitment(world.amazon, "draft")
    rows.term(draft, "2020-06-10", ends="2021-01-01")
    Term.objects.filter(commitment=draft).update(published_on=None)
    assert shown("2020-07-01") == []


def test_a_hostile_title_makes_no_line_of_its_own(world: World) -> None:
    title = "X\r\nBEGIN:VALARM\nATTACH:http://evil.example;a,b\\n \x07" + "é" * 200
    made = rows.commitment(world.amazon, "odd", title)
    rows.term(made, "2020-06-10", ends="2030-01-01")
    Organization.objects.filter(pk=world.amazon.pk).update(name="A" * 190 + "\r\nSTATUS:x")
    Commitment.objects.filter(pk=made.pk).update(covers="y" * 3000)
    written = ics.write("Watch\r\nback; a,b", "https://watch.example.org/x.ics", entries(EVERYTHING, day("2026-01-01")))
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\nATTACH" not in written
    assert b"\nSTATUS:x" not in written
    assert b"\r\nX-WR-CALNAME:Watch\\nback\\; a\\,b\r\n" in written
    (event,) = read(written).events
    assert event["summary"] == "Runs out: " + " ".join(title.replace("\x07", "").split())


def test_the_calendar_of_a_topic_is_served_and_answers_304(client: Client, world: World) -> None:
    world.moratorium()
    world.ab1215()
    answer = client.get("/calendar/place/united-states.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    calendar = read(answer.content)
    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "Watchback: United States")
    assert calendar["refresh-interval"].dt == timedelta(hours=12)
    assert [str(event["summary"]) for event in calendar.events] == ["Lapsed: California AB 1215"]
    again = client.get("/calendar/place/united-states.ics", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304

    found = read(client.get("/calendar/search.ics?q=rekognition").content)
    assert [event["status"] for event in found.events] == ["CONFIRMED"]
    assert len(read(client.get("/calendar/everything.ics").content).events) == 2
    Organization.objects.filter(slug="amazon").update(slug="amazon-com")
    assert client.get("/calendar/organization/amazon.ics")["Location"] == "/calendar/organization/amazon-com.ics"
    assert client.get("/calendar/organization/nobody.ics").status_code == 404
    assert client.get("/calendar/search.ics?q=%00").status_code == 400


def test_a_calendar_asks_as_much_for_two_as_for_many(client: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/calendar/organization/amazon.ics")
        return len(queries)

    def promise(number: int) -> None:
        made = rows.commitment(world.amazon, f"promise-{number}")
        rows.term(made, "2020-06-10", ends="2027-01-01")
        rows.term(made, "2021-06-10", "extended", ends="2028-01-01")

    promise(0)
    promise(1)
    few = asked()
    for number in range(2, 30):
        promise(number)
    assert asked() == few
