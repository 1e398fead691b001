"""Being forgotten while the planner is at work."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.alerts.conftest import Follow, World, day
from tests.alerts.test_manage_page import everywhere
from tracker.alerts import actions
from tracker.alerts.models import Delivery


@pytest.mark.django_db(transaction=True)
def test_who_is_forgotten_while_the_planner_adds_rows_for_them_is_forgotten_and_no_plan_is_lost(
    world: World, follow: Follow
) -> None:
    ada = follow("everything", since="2020-06-01").subscriber
    follow("everything", since="2020-06-01", address="bob@example.org")
    world.moratorium()
    planned, go_on = threading.Event(), threading.Event()
    failures: list[Exception] = []

    def planner() -> None:
        with transaction.atomic():
            actions.plan(on=day("2020-06-10"))
            planned.set()
            go_on.wait(60)

    def forgetter() -> None:
        actions.forget(subscriber=ada)

    threads = [threading.Thread(target=_noting(failures, work)) for work in (planner, forgetter)]
    threads[0].start()
    assert planned.wait(60)
    threads[1].start()
    while threads[1].is_alive() and not somebody_waits_for_a_turn():
        pass
    go_on.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert everywhere("ada@example.org") == []
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
