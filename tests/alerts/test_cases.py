"""The two cases that the project began with, day by day."""

import pytest

from tests.alerts.conftest import FURTHER_NOTICE, Follow, Postbox, World, day, run, text
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery, Event
from tracker.commitments.actions import declare
from tracker.commitments.lifecycle import Action
from tracker.dates import PartialDate

pytestmark = pytest.mark.django_db


def extend_amazons(world: World) -> None:
    commitment = Event.objects.get(kind="declared").commitment
    assert commitment is not None
    declare(
        commitment,
        Action.EXTENDED,
        declared_on=PartialDate.parse("2021-05-18"),
        end=FURTHER_NOTICE,
        evidence=world.proof("Amazon extends moratorium until further notice.", "https://www.reuters.com/amazon-2021"),
        published_on=day("2021-05-18"),
    )


def test_a_follower_of_amazon_is_warned_twice_told_once_that_the_date_moved_and_then_left_in_peace(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon)
    world.moratorium()
    got = {}
    for on in (
        *(
            "2020-06-10",
            "2020-06-11",
            "2021-03-11",
            "2021-03-12",
            "2021-03-13",
            "2021-05-10",
            "2021-05-11",
            "2021-05-12",
        ),
        *("2021-05-18", "2021-05-19", "2021-06-03", "2021-06-09", "2021-06-10", "2021-06-11"),
    ):
        if on == "2021-05-18":
            extend_amazons(world)
        run(on)
        run(on)
        if postbox.messages:
            got[on] = postbox.subjects()
            postbox.empty()
        assert differences(day(on)) == []
    title = "One-year moratorium on police use of Rekognition"
    assert got == {
        "2020-06-10": [f"Announced: {title}"],
        "2021-03-12": [f"Runs out in 90 days: {title}"],
        "2021-05-11": [f"Runs out in 30 days: {title}"],
        "2021-05-18": [f"The end moved: {title}"],
    }


def test_ab_1215_is_warned_of_four_times_and_told_as_lapsed_on_new_years_day_2023(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("technology", world.faces)
    world.ab1215()
    run("2019-10-08")
    assert postbox.subjects() == ["Adopted: California AB 1215"]
    postbox.empty()
    got = {}
    for on in (
        *(
            "2022-10-02",
            "2022-10-03",
            "2022-10-04",
            "2022-12-01",
            "2022-12-02",
            "2022-12-24",
            "2022-12-25",
            "2022-12-26",
        ),
        *("2022-12-30", "2022-12-31", "2023-01-01", "2023-01-02", "2023-02-01"),
    ):
        run(on)
        if postbox.messages:
            got[on] = postbox.subjects()
            postbox.empty()
    assert got == {
        "2022-10-03": ["Runs out in 90 days: California AB 1215"],
        "2022-12-02": ["Runs out in 30 days: California AB 1215"],
        "2022-12-25": ["Runs out in 7 days: California AB 1215"],
        "2022-12-31": ["Runs out tomorrow: California AB 1215"],
        "2023-01-01": ["Lapsed: California AB 1215"],
    }
    assert differences(day("2023-02-01")) == []


def test_a_ban_until_some_day_of_december_2028_warns_before_the_month_and_lapses_after_it(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.rite_aid)
    world.rite_aid_ban()
    run("2023-12-19")
    assert "It runs out in December 2028." in text(postbox.messages[0])
    postbox.empty()
    got = {}
    for on in (
        "2028-09-02",
        "2028-11-01",
        "2028-11-24",
        "2028-11-30",
        "2028-12-01",
        "2028-12-31",
        "2029-01-01",
    ):
        run(on)
        if postbox.messages:
            got[on] = postbox.subjects()[0].partition(":")[0]
            postbox.empty()
    assert got == {
        "2028-09-02": "Runs out in 90 days or later",
        "2028-11-01": "Runs out in 30 days or later",
        "2028-11-24": "Runs out in 7 days or later",
        "2028-11-30": "Runs out tomorrow or later",
        "2029-01-01": "Lapsed",
    }


def test_a_site_that_slept_through_three_rungs_sends_the_most_urgent_and_keeps_a_record_of_the_others(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    world.moratorium()
    run("2021-06-04")
    assert postbox.subjects() == ["Runs out in 6 days: One-year moratorium on police use of Rekognition"]
    states = dict(Delivery.objects.values_list("event__rung", "state"))
    assert states == {90: "collapsed", 30: "collapsed", 7: "sent"}
    assert differences(day("2021-06-04")) == []


def test_a_site_that_slept_past_the_end_tells_only_that_it_lapsed(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    world.moratorium()
    run("2021-07-20")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Lapsed"]
    assert differences(day("2021-07-20")) == []


def test_a_follower_who_asked_only_for_the_last_week_hears_nothing_before(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("commitment", world.moratorium().commitment, since="2020-07-01", rungs=[7])
    for on in ("2021-03-12", "2021-05-11", "2021-06-03", "2021-06-09", "2021-06-10"):
        run(on)
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Runs out in 7 days"]
