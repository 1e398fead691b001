"""The pages that the links of our mails open, for every reader: by width, in the dark, by keyboard, without script."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from tests.browser.reading import WIDTHS, Visit
from tests.browser.test_pages import CLOSER
from tracker.alerts import links
from tracker.alerts.links import Purpose
from tracker.alerts.models import Delivery, Endpoint, Event, Subscriber, Subscription, Wording
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Place

ADDRESS = "a.reader.with-quite-a-long-name@mail.department-of-records.example.org"


@pytest.fixture(scope="module")
def owner(site: str, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """The paths of the links of somebody who follows much. In a thread of its own: see `browser`."""
    with ThreadPoolExecutor(1) as pool, django_db_blocker.unblock():
        return pool.submit(_make_owner).result()


def _make_owner() -> dict[str, str]:
    try:
        return _someone_who_follows_much()
    finally:
        connection.close()  # this thread's own


def _someone_who_follows_much() -> dict[str, str]:
    now, on = timezone.now(), timezone.now().date()
    reader = Subscriber.objects.create(
        address=ADDRESS, requested_at=now, confirmed_at=now, stopped="bounced", time_zone="America/Chicago"
    )
    endpoint = Endpoint.objects.create(
        subscriber=reader, url=f"https://hooks.example.org/{'long-' * 30}", secret="whsec_AAAA", made_at=now
    )
    promise = Commitment.objects.get(slug="amazon-rekognition-police-moratorium")

    def follows(topic: str, **columns: object) -> Subscription:
        return Subscription.objects.create(subscriber=reader, topic=topic, since=date(2020, 6, 1), **columns)

    first = follows("commitment", commitment=promise, cadence="daily")
    follows("organization", organization=Organization.objects.get(slug="ring"), cadence="daily", rungs=[7, 0])
    follows("place", place=Place.objects.get(slug="california"), cadence="weekly")
    follows("search", search="police springfield illinois face recognition")
    follows("everything", channel="webhook", endpoint=endpoint)
    _tell(first, promise, "declared", "sent", 0)
    _tell(first, promise, "moved", "failed", 1)
    _tell(first, promise, "verdict", "missed", 2)
    asked = Subscription.objects.create(subscriber=reader, topic="everything")
    manage = links.token(Purpose.MANAGE, reader.key, on=on)
    confirm = links.token(Purpose.CONFIRM, reader.key, on=on, subscription_id=asked.pk)
    end = links.token(Purpose.UNSUBSCRIBE, reader.key, on=on, subscription_id=first.pk)
    end_digest = links.token(Purpose.DIGEST, reader.key, on=on, cadence="daily")
    return {
        "manage": f"/subscriptions/manage/{manage}/",
        "saved": f"/subscriptions/manage/{manage}/?done=s{first.pk}",
        "confirm": f"/subscriptions/confirm/{confirm}/",
        "unsubscribe": f"/subscriptions/unsubscribe/{end}/",
        "digest": f"/subscriptions/unsubscribe/{end_digest}/",
        "webhook": f"/subscriptions/manage/{manage}/webhooks/{endpoint.pk}/",
        "forged": "/subscriptions/manage/nothing/",
    }


def _tell(subscription: Subscription, promise: Commitment, kind: str, state: str, number: int) -> None:
    event = Event.objects.create(
        key=f"shown:{number}", kind=kind, claim="term", commitment=promise, due_on="2020-06-10", planned_on="2020-06-10"
    )
    wording = Wording.objects.create(event=event, digest="0" * 64, headline=f"Announced: {promise.title}", text="…")
    sent = datetime(2020, 6, 10, 8, tzinfo=UTC) if state == "sent" else None
    Delivery.objects.create(
        subscription=subscription,
        subscriber=subscription.subscriber,
        event=event,
        state=state,
        planned_on="2020-06-10",
        ready_at=datetime(2020, 6, 10, tzinfo=UTC),
        wording=wording if sent else None,
        message_id=f"<shown-{number}@example.org>",
        sent_at=sent,
        sent_on=sent.date() if sent else None,
    )


NAMES = ("manage", "saved", "confirm", "unsubscribe", "digest", "webhook", "forged")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_behind_a_link_holds_for_every_reader(
    name: str, owner: dict[str, str], site: str, scripted: Page, scriptless: Page
) -> None:
    status = 400 if name == "forged" else 200
    with Visit(scripted, site) as visit:
        problems = visit.open(owner[name], status)
        problems += visit.headings()
        text = visit.text()
        problems += visit.skip_link() + visit.focus() + _in_every_light(visit)
        problems += visit.manners()
    with Visit(scriptless, site) as plain:
        problems += plain.open(owner[name], status)
        if plain.text() != text:
            problems.append("reads differently without JavaScript")
        problems += plain.manners()
    assert not problems, "\n".join([name, *problems])


def _in_every_light(visit: Visit) -> list[str]:
    problems = []
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            found = visit.colours(scheme) + visit.width(width) + visit.pale()
            if (width, scheme) in CLOSER:
                found += visit.barriers(contrast=scheme == "light")
            problems += [f"{width} px, {scheme}: {one}" for one in found]
    return problems


def test_a_mistake_is_said_beside_its_field_and_what_was_typed_is_still_there(
    owner: dict[str, str], site: str, scripted: Page
) -> None:
    with Visit(scripted, site) as visit:
        assert not visit.open(owner["manage"])
        field = scripted.get_by_label("Send nothing before")
        field.evaluate("one => { one.type = 'text' }")  # a browser without a calendar
        field.fill("next week")
        scripted.get_by_role("button", name="Pause").click()
        assert scripted.get_by_role("alert").inner_text() == (
            "Write a day such as 2026-12-31, or leave it empty to go on."
        )
        field = scripted.get_by_label("Send nothing before")
        assert field.get_attribute("value") == "next week"
        assert field.evaluate("one => one.form.contains(document.querySelector('[role=alert]'))")
        problems = _in_every_light(visit) + visit.manners()
        assert not problems, "\n".join(problems)
