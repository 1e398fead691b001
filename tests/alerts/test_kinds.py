"""What is told besides declarations and ends: verdicts, partnerships, answers, and promises nobody confirms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.alerts.conftest import FURTHER_NOTICE, Follow, Postbox, World, day, run, text
from tests.alerts.telling_world import partnership, question, verdict
from tracker.alerts import actions
from tracker.alerts.models import Delivery, Event
from tracker.commitments.actions import Subject, announce
from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def test_a_verdict_is_told_with_its_reason_and_proof(world: World, follow: Follow, postbox: Postbox) -> None:
    term = world.moratorium()
    run("2020-06-10")
    follow("organization", world.amazon, since="2020-08-01")
    verdict(world, term.commitment, on="2020-09-01", published_on=day("2020-09-02"))
    run("2020-09-02")
    assert postbox.subjects() == ["Verdict, broken: One-year moratorium on police use of Rekognition"]
    words = text(postbox.messages[0])
    assert "It was broken, as of 1 September 2020." in words
    assert "Sold all the same." in words
    assert "“The sales went on.”" in words


def test_a_second_verdict_is_told_as_another_one(world: World, follow: Follow, postbox: Postbox) -> None:
    term = world.moratorium()
    follow("commitment", term.commitment, since="2020-08-01")
    verdict(world, term.commitment, on="2020-09-01", published_on=day("2020-09-02"))
    run("2020-09-02")
    verdict(world, term.commitment, on="2020-10-01", value="kept", published_on=day("2020-10-02"))
    run("2020-10-02")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Verdict, broken", "Verdict, kept"]


def test_a_partnership_that_begins_is_told_and_one_that_began_long_ago_is_not(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("place", world.california)
    partnership(world, started="2020-05", published_on=day("2020-06-10"))
    partnership(world, slug="old", started="2018", published_on=day("2020-06-10"))
    run("2020-06-10")
    assert postbox.subjects() == ["Began: Amazon and Springfield Police (Rekognition)"]
    assert "it began in May 2020." in text(postbox.messages[0])
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "columns", "verb"),
    [
        ("ended", {"ended": "2020-08-01", "end_reason": "The council let it run out."}, "Ended"),
        ("ended", {}, "Ended"),
        ("paused", {}, "Paused"),
    ],
)
def test_what_becomes_of_a_partnership_is_told_once(
    world: World, follow: Follow, postbox: Postbox, status: str, columns: dict[str, str], verb: str
) -> None:
    follow("product", world.rekognition)
    row = partnership(world, started="2018", published_on=day("2020-06-10"))
    run("2020-06-10")
    if "ended" in columns:
        columns = {**columns, "ended": (TODAY - timedelta(days=3)).isoformat()}
    Partnership.objects.filter(pk=row.pk).update(status=status, **columns)
    run(TODAY.isoformat())
    run((TODAY + timedelta(days=1)).isoformat())
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == [verb]


def test_a_partnership_taken_up_again_and_ended_again_is_told_each_time(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything")
    row = partnership(world, started="2018", published_on=day("2020-06-10"))
    for number, status in enumerate(("ended", "reinstated", "ended")):
        Partnership.objects.filter(pk=row.pk).update(status=status)
        run((TODAY + timedelta(days=number)).isoformat())
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Ended", "Taken up again", "Ended"]


def test_an_end_that_was_on_record_when_we_first_wrote_it_down_is_no_news_if_it_is_old(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything")
    partnership(world, status="ended", ended="2019", published_on=day("2020-06-10"))
    partnership(world, slug="new", status="ended", ended="2020-06-01", published_on=day("2020-06-10"))
    run("2020-06-10")
    assert len(postbox.messages) == 1
    assert "it ended on 1 June 2020." in text(postbox.messages[0])


def test_a_question_that_is_answered_is_told_with_the_answer(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("organization", world.amazon)
    row = question(world, published_on=day("2020-06-20"))
    run("2020-06-20")
    assert postbox.messages == []
    Question.objects.filter(pk=row.pk).update(
        outcome="denied", response="We do not.", answered_on=PartialDate(TODAY - timedelta(days=1))
    )
    run(TODAY.isoformat())
    assert postbox.subjects() == ["Denied: Amazon, “Did ICE license Rekognition?”"]
    words = text(postbox.messages[0])
    assert "A reporter asked Amazon on 11 June 2020" in words
    assert "We do not." in words


def test_an_open_ended_promise_that_nobody_confirmed_for_a_year_is_told_once(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    announce(
        world.amazon,
        Subject("No sales to police", "no-sales", "pledge", products=[world.rekognition]),
        declared_on=PartialDate.parse("2020-06-10"),
        end=FURTHER_NOTICE,
        evidence=world.proof("Until further notice."),
        published_on=day("2020-06-10"),
    )
    run("2021-06-10")
    assert postbox.messages == []
    run("2021-06-11")
    run("2021-06-12")
    assert postbox.subjects() == ["Not confirmed for a year: No sales to police"]
    assert "The last source that confirms it is of 10 June 2020." in text(postbox.messages[0])


def test_what_was_planned_and_is_no_longer_so_is_not_sent(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything")
    row = partnership(world, started="2020-05", published_on=day("2020-06-10"))
    actions.plan(on=day("2020-06-10"))
    Partnership.objects.filter(pk=row.pk).update(status="denied")
    run("2020-06-10")
    assert postbox.messages == []
    assert Delivery.objects.get().state == "cancelled"


def test_who_saved_a_search_hears_of_what_it_finds(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("search", None, search="springfield rekog")
    follow("search", None, search="shelbyville", address="bob@example.org")
    partnership(world, started="2020-05", published_on=day("2020-06-10"))
    run("2020-06-10")
    assert [message["To"] for message in postbox.messages] == ["ada@example.org"]
    assert "You follow everything that matches “springfield rekog” on Watchback." in text(postbox.messages[0])
