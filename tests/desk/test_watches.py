"""What editors see of the watch, and their word on what it has learned."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import redis
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tracker.config.celery import app
from tracker.evidence.actions import know_source
from tracker.watch.models import Check, Memory, Report, Ruling, Version, Watch
from tracker.watch.reading.habits import COMES_AND_GOES, Habit
from tracker.watch.reading.memory import Memory as Remembered
from tracker.watch.reading.memory import Reading

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def watch(version: Version) -> Watch:
    """A watched page that has learned one habit."""
    habit = Habit("a-key", "Buy two cameras, get one free", COMES_AND_GOES, NOW, NOW, 3)
    Memory.objects.create(watch=version.watch, content=Remembered(Reading(()), habits=(habit,)).as_json())
    return version.watch


def test_a_watch_shows_its_looks_its_reports_and_its_habits(desk: Client, watch: Watch) -> None:
    Check.objects.create(watch=watch, at=NOW, outcome="blocked", status=403, reason="looks like a bot wall")
    Report.objects.create(watch=watch, kind="silent", since=NOW, reported_at=NOW, reason="it last worked in May")
    page = desk.get(f"/desk/watches/{watch.pk}/")
    for words in ("looks like a bot wall", "it last worked in May", "Buy two cameras", "comes and goes, seen 3 times"):
        assertContains(page, words)


def test_reports_that_are_open_stand_before_those_taken_back(desk: Client, watch: Watch) -> None:
    later = NOW + timedelta(hours=1)
    Report.objects.create(
        watch=watch, kind="gone", since=later, reported_at=later, taken_back_at=later, reason="long over"
    )
    Report.objects.create(watch=watch, kind="silent", since=NOW, reported_at=NOW, reason="still so")
    page = desk.get(f"/desk/watches/{watch.pk}/").content.decode()
    assert page.index("still so") < page.index("long over")


def test_an_editors_word_on_a_habit_is_kept_with_the_name_and_can_be_taken_back(desk: Client, watch: Watch) -> None:
    here = f"/desk/watches/{watch.pk}/"
    assertRedirects(desk.post(here + "do", {"do": "news", "key": "a-key"}), here)
    ruling = Ruling.objects.get()
    assert (ruling.is_news, ruling.words) == (True, "Buy two cameras, get one free")
    assertContains(desk.get(here), f"News, said {ruling.by} on")
    desk.post(here + "do", {"do": "unrule", "key": "a-key"})
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"do": "news", "key": "nothing"}, "not remembered any more"),
        ({"do": "unrule", "key": "a-key"}, "Nobody has ruled"),
        ({"do": "follow"}, "has not moved"),
        ({"do": "explode"}, "nothing that can be done"),
        ({}, "nothing that can be done"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Client, watch: Watch, asked: dict[str, str], said: str) -> None:
    assertContains(desk.post(f"/desk/watches/{watch.pk}/do", asked), said, status_code=400)


def test_a_watch_is_paused_and_taken_up_again(desk: Client, watch: Watch) -> None:
    for verb, state in (("pause", "paused"), ("resume", "active")):
        desk.post(f"/desk/watches/{watch.pk}/do", {"do": verb})
        watch.refresh_from_db()
        assert watch.state == state


def test_a_page_that_moved_is_followed_with_one_press(desk: Client, watch: Watch) -> None:
    Watch.objects.update(moved_to="https://new.example.org/policy")
    page = f"/desk/watches/{watch.pk}/"
    assertContains(desk.get(page), "Watch the new address")
    desk.post(page + "do", {"do": "follow"})
    watch.refresh_from_db()
    assert (watch.source.url, watch.moved_to) == ("https://new.example.org/policy", "")


def test_a_page_in_whose_place_another_stands_is_taken_as_new(desk: Client, watch: Watch) -> None:
    Report.objects.create(watch=watch, kind="replaced", since=NOW, reported_at=NOW)
    assertContains(desk.get(f"/desk/watches/{watch.pk}/"), "This is what the page has become")
    desk.post(f"/desk/watches/{watch.pk}/do", {"do": "take"})
    assert Memory.objects.get().content["settled"]["blocks"] == []


def test_the_list_is_chosen_paged_and_costs_as_much_for_many_as_for_one(
    desk: Client, watch: Watch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):  # session, user, group, their number, a page of them, their reports
        desk.get("/desk/watches/")
    for number in range(60):
        source = know_source(f"https://example.org/{number}", title=f"Page {number}", kind="official")
        Watch.objects.create(source=source, verified=True)
    with django_assert_num_queries(6):
        assertContains(desk.get("/desk/watches/"), "Page 1 of 2")
    Report.objects.create(
        watch=watch, kind="gone", since=NOW, reported_at=NOW + timedelta(hours=1), reason="the site answers 404"
    )
    everything = desk.get("/desk/watches/").content.decode()
    assert everything.index(watch.source.url) < everything.index("https://example.org/0")
    page = desk.get("/desk/watches/?show=hand")
    assertContains(page, "its page is gone: the site answers 404")
    assertNotContains(page, "Page 7")


def test_a_look_is_asked_of_the_worker(desk: Client, watch: Watch) -> None:
    page = f"/desk/watches/{watch.pk}/"
    answer = desk.post(page + "do", {"do": "look"}, follow=True)
    assertContains(answer, "looked at as soon as a worker is free")
    queue = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True)
    asked = [str(one) for one in queue.lrange("watch", 0, -1) if f'"argsrepr": "({watch.pk},)"' in str(one)]
    assert [json.loads(one)["headers"]["task"] for one in asked] == ["tracker.watch.tasks.check"]
    queue.lrem("watch", 1, asked[0])


def test_a_look_that_nobody_can_be_asked_for_is_said(
    desk: Client, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    page = desk.post(f"/desk/watches/{watch.pk}/do", {"do": "look"})
    assertContains(page, "The queue cannot be reached", status_code=400)


def test_a_watch_shows_what_was_new_and_gone_and_where_else(
    desk: Client, watch: Watch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = watch.versions.get()
    Version.objects.update(added=[1], removed=["We sell to the police."])
    Check.objects.create(watch=watch, at=NOW, outcome="suspected", status=200, snapshot=version.snapshot)
    for number in range(2):
        source = know_source(f"https://blog.example/{number}", title=f"Page {number}", kind="official")
        other = Watch.objects.create(source=source)
        Version.objects.create(watch=other, snapshot=version.snapshot, extractor="blocks-1", same_as=version)
    with django_assert_num_queries(10):
        page = desk.get(f"/desk/watches/{watch.pk}/")
    assertContains(page, "1 new, 1 gone; also on 2 other pages")
    assertContains(page, f'<p class="new">{version.blocks[1]}</p>')
    assertContains(page, "<del>We sell to the police.</del>")
    assertContains(page, "seemed changed, waits for a second look")
    assertContains(page, f'<a href="{version.snapshot.source.get_absolute_url()}">evidence</a>')


def test_what_can_be_done_with_a_watch_is_for_editors_alone(client: Client, watch: Watch, editor: User) -> None:
    do = f"/desk/watches/{watch.pk}/do"
    assertRedirects(client.post(do, {"do": "pause"}), "/desk/login/?next=/desk/")
    client.force_login(User.objects.create_user("reader@example.org"))
    assert client.post(do, {"do": "pause"}).status_code == 403
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(editor)
    assert elsewhere.post(do, {"do": "pause"}).status_code == 403
    watch.refresh_from_db()
    assert watch.state == "active"
