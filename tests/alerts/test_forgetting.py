"""Deleting what belongs to somebody while the planner adds rows for it."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.alerts.conftest import Follow, World, day, noon
from tests.alerts.test_manage_page import everywhere
from tracker.alerts import actions
from tracker.alerts.channels.webhook import endpoints
from tracker.alerts.models import Delivery, Endpoint

HOOK = "https://hooks.example.org/ada"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["everything about Ada", "her webhook"])
def test_what_is_deleted_while_the_planner_adds_rows_for_it_is_gone_and_no_plan_is_lost(
    world: World, follow: Follow, what: str
) -> None:
    ada = follow("everything", since="2020-06-01", ended_on=day("2020-06-02")).subscriber
    hook = Endpoint.objects.create(subscriber=ada, url=HOOK, secret="whsec_x", made_at=noon("2020-06-01"))
    follow("everything", since="2020-06-01", channel="webhook", endpoint=hook)
    follow("everything", since="2020-06-01", address="bob@example.org")
    world.moratorium()
    planned, go_on = threading.Event(), threading.Event()
    failures: list[Exception] = []

    def planner() -> None:
        with transaction.atomic():
            actions.plan(on=day("2020-06-10"))
            planned.set()
            go_on.wait(60)

    def deleter() -> None:
        if what == "her webhook":
            endpoints.remove(hook)
        else:
            actions.forget(subscriber=ada)

    threads = [threading.Thread(target=_noting(failures, work)) for work in (planner, deleter)]
    threads[0].start()
    assert planned.wait(60)
    threads[1].start()
    while threads[1].is_alive() and not somebody_waits_for_a_turn():
        pass
    go_on.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert everywhere(HOOK) == []
    assert bool(everywhere("ada@example.org")) == (what == "her webhook")
    assert list(Delivery.objects.values_list("subscriber__address", flat=True)) == ["bob@example.org"]


def _noting(failures: list[Exception], work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  (whatever it is, the test names it)
            failures.append(error)
        finally:
            connection.close()

    return run


def somebody_waits_for_a_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(cursor.fetchone()[0])
