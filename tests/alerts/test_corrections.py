"""Who was told something wrong gets one correction; who was not, gets none."""

import pytest
from django.db import connection

from tests.alerts.conftest import FURTHER_NOTICE, Follow, Postbox, World, day, run, text
from tests.alerts.telling_world import carve_out, partnership, verdict
from tracker.alerts import actions
from tracker.alerts.models import Delivery, Event
from tracker.commitments.actions import declare
from tracker.commitments.lifecycle import Action
from tracker.commitments.models import CarveOut, Commitment, Term, Verdict
from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def told_of_the_moratorium(world: World, follow: Follow, postbox: Postbox) -> Term:
    follow("everything", since="2020-06-01")
    term = world.moratorium()
    run("2020-06-10")
    assert len(postbox.messages) == 1
    postbox.empty()
    return term


def test_a_wrong_end_is_corrected_once_with_what_we_wrote_and_what_is_right(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    follow("everything", since="2020-06-20", address="late@example.org")
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2021-12-10"))
    for on in ("2020-07-01", "2020-07-01", "2020-07-02"):
        run(on)
    assert postbox.subjects() == ["Correction: Announced: One-year moratorium on police use of Rekognition"]
    assert postbox.to("late@example.org") == []
    words = text(postbox.messages[0])
    assert "It runs out on 10 June 2021." in words
    assert "That was wrong" in words
    assert "It runs out on 10 December 2021." in words


def test_of_many_wrong_mails_about_one_date_one_correction_is_sent(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    run("2021-03-12")
    run("2021-05-11")
    postbox.empty()
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2022-06-10"))
    run("2021-05-12")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Correction"]
    postbox.empty()
    run("2022-03-12")
    assert postbox.subjects() == ["Runs out in 90 days: One-year moratorium on police use of Rekognition"]


def test_a_date_set_wrong_and_right_again_is_corrected_to_whom_each_was_told(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2022-06-10"))
    actions.plan(on=day("2020-07-01"))
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2021-06-10"))
    run("2020-07-01")
    assert postbox.messages == []  # nobody had been told the wrong one
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2022-06-10"))
    run("2020-07-02")
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2021-06-10"))
    run("2020-07-03")
    assert len(postbox.messages) == 2
    run("2020-07-04")
    assert len(postbox.messages) == 2


def test_a_change_of_a_note_corrects_nothing(world: World, follow: Follow, postbox: Postbox) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    Term.objects.filter(pk=term.pk).update(summary="In better words.", end_note="says the blog")
    run("2020-07-01")
    assert postbox.messages == []
    assert not Event.objects.filter(kind="corrected").exists()


def test_what_the_world_changed_is_told_as_a_change_and_not_as_a_correction(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    declare(
        term.commitment,
        Action.EXTENDED,
        declared_on=PartialDate.parse("2021-05-18"),
        end=FURTHER_NOTICE,
        evidence=world.proof("Until further notice."),
        published_on=day("2021-05-18"),
    )
    run("2021-05-18")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["The end moved"]


@pytest.mark.parametrize("way", ["unpublished", "deleted"])
def test_what_is_taken_out_of_the_record_is_taken_back(
    world: World, follow: Follow, postbox: Postbox, way: str
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    with connection.cursor() as cursor:
        if way == "unpublished":
            cursor.execute("UPDATE commitments_term SET published_on = NULL")
        else:
            cursor.execute("DELETE FROM commitments_termcitation")
            cursor.execute("DELETE FROM commitments_term WHERE id = %s", [term.pk])
    run("2020-07-01")
    run("2020-07-02")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Correction"]
    words = text(postbox.messages[0])
    assert "We wrote: “Announced: One-year moratorium" in words
    assert "We have taken it out of the record." in words


def test_a_promise_put_down_to_the_wrong_company_is_corrected(world: World, follow: Follow, postbox: Postbox) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    Commitment.objects.filter(pk=term.commitment_id).update(actor=world.rite_aid)
    run("2020-07-01")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Correction"]
    assert "Rite Aid announced" in text(postbox.messages[0])


def test_an_exception_that_was_none_is_corrected(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", since="2020-06-01")
    term = world.moratorium()
    wrong = carve_out(world, term, "The FBI", "2020-06-10")
    run("2020-06-10")
    assert "Excepted: The FBI." in text(postbox.messages[0])
    postbox.empty()
    CarveOut.objects.filter(pk=wrong.pk).update(published_on=None)
    run("2020-07-01")
    run("2020-07-02")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Correction"]


def test_a_verdict_that_was_changed_is_corrected(world: World, follow: Follow, postbox: Postbox) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    row = verdict(world, term.commitment, on="2020-09-01", published_on=day("2020-09-02"))
    run("2020-09-02")
    Verdict.objects.filter(pk=row.pk).update(value="unclear")
    run("2020-09-03")
    assert postbox.subjects()[1:] == ["Correction: Verdict, broken: One-year moratorium on police use of Rekognition"]
    assert "The verdict is: unclear, as of 1 September 2020." in text(postbox.messages[1])


def test_a_partnership_that_never_was_is_corrected_and_one_that_ended_is_not(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything")
    never = partnership(world, started="2020-05", published_on=day("2020-06-10"))
    over = partnership(world, slug="over", started="2020-05", published_on=day("2020-06-10"))
    run("2020-06-10")
    postbox.empty()
    Partnership.objects.filter(pk=never.pk).update(status="denied")
    Partnership.objects.filter(pk=over.pk).update(status="ended")
    run("2020-07-01")
    assert sorted(subject.partition(":")[0] for subject in postbox.subjects()) == ["Correction", "Ended"]


def test_who_was_told_that_it_runs_is_told_of_a_stop_that_we_learned_of_much_later(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    follow("everything", since="2020-06-20", address="late@example.org")
    declare(
        term.commitment,
        Action.EXTENDED,
        declared_on=PartialDate.parse("2020-07-01"),
        end=FURTHER_NOTICE,
        evidence=world.proof("Until further notice."),
        published_on=day("2020-12-01"),
    )
    run("2020-12-01")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["The end moved"]
    assert postbox.to("late@example.org") == []


def test_older_declarations_that_come_with_a_new_one_are_not_told_after_it(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-06-01")
    term = world.moratorium(published="2021-05-18")
    declare(
        term.commitment,
        Action.EXTENDED,
        declared_on=PartialDate.parse("2021-05-18"),
        end=FURTHER_NOTICE,
        evidence=world.proof("Until further notice."),
        published_on=day("2021-05-18"),
    )
    for on in ("2021-05-18", "2021-05-19", "2021-05-20"):
        run(on)
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["The end moved"]


def test_what_was_said_is_kept_in_the_words_that_were_sent(world: World, follow: Follow, postbox: Postbox) -> None:
    term = told_of_the_moratorium(world, follow, postbox)
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2022-06-10"))
    said = Delivery.objects.get(state="sent").wording
    assert said is not None
    assert "It runs out on 10 June 2021." in said.text
