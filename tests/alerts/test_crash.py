"""A sender killed with -9 between the server's answer and the record, as a real process."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.alerts.conftest import Follow, Postbox, World
from tracker.alerts import actions
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


def test_a_sender_killed_before_it_wrote_down_what_was_taken_repeats_that_one_mail_with_its_message_id(
    world: World, follow: Follow, postbox: Postbox, settings: Settings
) -> None:
    now = timezone.now()
    for name in ("ada", "bob"):
        follow("everything", address=f"{name}@example.org")
    term = world.moratorium()
    type(term).objects.filter(pk=term.pk).update(published_on=now.date(), declared_on=f"{now:%Y-%m}", ends_on="2999")
    actions.plan(on=now.date())
    db = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
    }
    postbox.kill_after = 1
    sender = subprocess.Popen([sys.executable, "manage.py", "alerts", "send"], cwd=ROOT, env=environment)
    assert postbox.reached.wait(timeout=60)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    postbox.go_on.set()
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["claimed", "claimed"]
    (first,) = postbox.messages
    assert actions.send(on=now.date(), now=now + timedelta(minutes=90)).sent == 2
    repeated = postbox.to(str(first["To"]))
    assert [message["Message-ID"] for message in repeated] == [first["Message-ID"]] * 2
    assert len(postbox.messages) == 3
    assert differences(now.date()) == []
