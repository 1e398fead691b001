"""`manage.py alerts`: what beat does, by hand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.alerts.conftest import Follow, Postbox, World
from tracker.alerts import tasks
from tracker.alerts.models import Delivery, Event

pytestmark = pytest.mark.django_db


def alerts(*arguments: str) -> str:
    out = StringIO()
    call_command("alerts", *arguments, stdout=out)
    return out.getvalue()


def test_the_three_verbs_in_turn(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything")
    world.moratorium()
    assert "1 events, 1 deliveries" in alerts("plan", "--on", "2020-06-10", "--dry-run")
    assert not Event.objects.exists()
    assert "1 events, 1 deliveries" in alerts("plan", "--on", "2020-06-10")
    assert "Announced: One-year moratorium" in alerts("send", "--on", "2020-06-10", "--dry-run")
    with pytest.raises(CommandError):
        alerts("audit", "--on", "2020-06-10")
    assert postbox.messages == []
    assert "1 sent" in alerts("send", "--on", "2020-06-10")
    assert alerts("audit", "--on", "2020-06-10") == "2020-06-10: 0 differences\n"


@pytest.mark.parametrize("text", ["yesterday", "2021-02-30", "20210312x"])
def test_a_day_that_is_none_is_named(text: str) -> None:
    with pytest.raises(CommandError, match="is not a day; write it as"):
        alerts("plan", "--on", text)


def test_beat_plans_and_sends_what_is_due_today(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything")
    term = world.moratorium()
    today = timezone.now().date()
    type(term).objects.filter(pk=term.pk).update(published_on=today, declared_on=f"{today:%Y-%m}", ends_on="2999")
    tasks.plan_and_send()
    tasks.plan_and_send()
    assert len(postbox.messages) == 1
    assert Delivery.objects.get().state == "sent"
