# ruff: noqa: E501 - pages under test stay on one line
"""Rounds: every host politely, nothing lost, nothing twice; and the scheduler by itself."""

import itertools
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tracker.watch import actions
from tracker.watch.asking import pace
from tracker.watch.models import Check, Outcome, Watch
from tracker.watch.rounds.hosts import Hosts

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "<html><body><main><h1>Our policy</h1><p>We sell cameras to towns, and say here under which terms.</p></main></body></html>"


class Clock:
    """A time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_hosts_take_turns_and_each_has_one_job_out_at_a_time() -> None:
    clock = Clock()
    hosts = Hosts([("a", 1), ("a", 2), ("b", 3)], clock=clock, until=60)
    assert hosts.take() == ("a", 1)
    assert hosts.take() == ("b", 3)
    hosts.done("b")
    hosts.put_back("a", 1, seconds=5)
    assert hosts.left() == [1, 2]
    clock.now = 5
    assert hosts.take() == ("a", 1)
    hosts.done("a")
    assert hosts.take() == ("a", 2)
    hosts.done("a")
    assert hosts.take() is None


def test_when_the_time_is_up_nothing_more_is_handed_out() -> None:
    clock = Clock()
    hosts = Hosts([("a", 1), ("b", 2)], clock=clock, until=60)
    assert hosts.take() == ("a", 1)
    clock.now = 60
    assert hosts.take() is None
    assert hosts.left() == [2]


def test_who_waits_for_a_host_is_woken_when_its_answer_is_there() -> None:
    hosts = Hosts([("a", 1), ("a", 2)], clock=Clock(), until=60)
    hosts.take()
    taken: list[object] = []
    begun = Barrier(2)

    def wait() -> None:
        begun.wait()
        taken.append(hosts.take())

    waiting = Thread(target=wait)
    waiting.start()
    begun.wait()
    hosts.done("a")
    waiting.join(10)
    assert taken == [("a", 2)]


@pytest.fixture
def watches(site: HTTPServer, db: None) -> list[Watch]:
    """Ten pages that answer 304 to who has them."""

    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"1"':
            return Response(status=304)
        return Response(PAGE, headers={"ETag": '"1"'}, content_type="text/html")

    for number in range(10):
        site.expect_request(f"/{number}").respond_with_handler(answer)
    return [actions.watch_page(site.url_for(f"/{number}")) for number in range(10)]


@pytest.mark.django_db(transaction=True)
def test_a_round_looks_at_all_that_is_due_and_the_next_one_costs_two_statements(
    watches: list[Watch], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert actions.look_at_due(clock=lambda: NOW) == 10
    assert set(Check.objects.values_list("outcome", flat=True)) == {Outcome.FIRST}
    assert actions.look_at_due(clock=lambda: NOW) == 0
    # Claiming, and two statements in a transaction for each batch; in the worst case every answer is its own batch.
    with django_assert_max_num_queries(8 + 4 * len(watches)):
        assert actions.look_at_due(clock=lambda: NOW + timedelta(days=1)) == 10
    again = Check.objects.filter(at__gt=NOW)
    assert [(check.outcome, check.status) for check in again] == [(Outcome.UNCHANGED, 304)] * 10
    assert set(Watch.objects.values_list("next_check_at", "worked_at", "verified")) == {
        (NOW + timedelta(days=2), NOW + timedelta(days=1), True)
    }


@pytest.mark.django_db(transaction=True)
def test_what_a_round_does_not_get_to_is_due_for_the_next_one(watches: list[Watch]) -> None:
    assert actions.look_at_due(clock=lambda: NOW, seconds=0) == 0
    assert Watch.objects.due(NOW).count() == 10
    assert not Check.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_round_waits_for_the_pause_of_a_host_and_looks_at_each_of_its_pages_once(
    watches: list[Watch], settings: Settings
) -> None:
    settings.WATCH_LOOPBACK_PAUSE = 0.02
    assert actions.look_at_due(clock=lambda: NOW) == 10
    assert sorted(Check.objects.values_list("watch_id", flat=True)) == sorted(watch.pk for watch in watches)
    assert not Watch.objects.due(NOW + timedelta(hours=1)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_host_that_another_worker_is_asking_is_asked_soon_after_it(
    site: HTTPServer, watches: list[Watch], settings: Settings
) -> None:
    settings.WATCH_LOOPBACK_PAUSE = 0.02
    host = f"{site.host}:{site.port}"
    token = pace.take_turn(host, lease=30)
    moments = itertools.count(1)

    def clock() -> datetime:
        # The round reads it when it claims, when it first asks, and when it asks anew: now the other one is done.
        if next(moments) == 3:
            pace.leave(host, token, delay=0)
        return NOW

    assert actions.look_at_due(clock=clock, seconds=10) == 10


@pytest.mark.django_db(transaction=True)
def test_a_round_takes_no_more_than_it_is_allowed(watches: list[Watch]) -> None:
    assert actions.look_at_due(clock=lambda: NOW, limit=3) == 3
    assert Watch.objects.due(NOW).count() == 7


@pytest.mark.django_db(transaction=True)
def test_of_one_host_no_more_is_claimed_than_a_round_can_ask(watches: list[Watch]) -> None:
    assert actions.look_at_due(clock=lambda: NOW, of_a_host=4) == 4


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_bytes_are_the_same_is_not_read_again(site: HTTPServer) -> None:
    site.expect_request("/same").respond_with_data(PAGE, content_type="text/html")
    watch = actions.watch_page(site.url_for("/same"))
    actions.look_at_due(clock=lambda: NOW)
    actions.look_at_due(clock=lambda: NOW + timedelta(days=1))
    assert watch.checks.order_by("at").last().reason == "the same bytes"  # type: ignore[union-attr]
    assert watch.versions.count() == 1
