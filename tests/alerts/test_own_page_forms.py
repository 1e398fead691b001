"""The forms of a subscriber's own page: nothing typed is lost, what is saved is said, what is not wanted not sent."""

import re
from datetime import timedelta

import pytest
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from tests.alerts.conftest import Follow, Postbox, World, run
from tests.alerts.test_digests import at
from tests.alerts.test_manage_page import TODAY, manage_path
from tracker.alerts import actions
from tracker.alerts.actions import bounces
from tracker.alerts.models import Delivery, Digest, Endpoint, Subscriber, Subscription

pytestmark = pytest.mark.django_db


def form_with(page: str, field: str) -> str:
    """The form of the page that has this field."""
    (form,) = (str(one) for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if field in one)
    return form


def test_a_day_that_is_none_stays_in_its_field_beside_the_reason(world: World, client: Client, follow: Follow) -> None:
    path = manage_path(follow("everything"))
    answer = client.post(path, {"change": "pause", "until": '31"12"2026'})
    assert answer.status_code == 400
    form = form_with(answer.content.decode(), 'name="until"')
    assert 'value="31&quot;12&quot;2026"' in form
    assert 'aria-invalid="true"' in form
    assert re.search(r'aria-describedby="until-help pause-error"', form)
    assert re.search(r'role="alert" id="pause-error">Write a day such as 2026-12-31', form)
    assert answer.content.count(b'role="alert"') == 1
    assert Subscriber.objects.get().paused_until is None


def test_a_choice_that_cannot_be_taken_stays_chosen_where_it_was_made(
    world: World, client: Client, follow: Follow
) -> None:
    first, second = follow("organization", world.amazon), follow("place", world.california)
    path = manage_path(first)
    wrong = {"change": "choose", "subscription": second.pk, "rung": ["7", "8"], "cadence": "weekly"}
    answer = client.post(path, wrong)
    assert answer.status_code == 400
    page = answer.content.decode()
    form = form_with(page, f'name="subscription" value="{second.pk}"')
    assert "Choose among 90, 30, 7 and 1 days before" in form
    assert re.findall(r'value="(\w+)" checked', form) == ["weekly", "7"]
    other = form_with(page, f'name="subscription" value="{first.pk}"')
    assert re.findall(r'value="(\w+)" checked', other) == ["at_once", "90", "30", "7", "1", "0"]
    clock = client.post(path, {"change": "clock", "time_zone": "America/Denver", "hour": "25"}).content.decode()
    assert 'value="America/Denver" selected' in clock
    assert "Choose an hour from 0 to 23." in form_with(clock, 'name="hour"')


def test_what_was_saved_is_said_where_it_was_changed(world: World, client: Client, follow: Follow) -> None:
    subscription = follow("everything")
    path = manage_path(subscription)
    for fields, place, field in (
        ({"change": "choose", "subscription": subscription.pk}, f"s{subscription.pk}", 'value="choose"'),
        ({"change": "clock", "time_zone": "Europe/Berlin", "hour": "7"}, "clock", 'name="hour"'),
        ({"change": "pause", "until": f"{TODAY + timedelta(days=9)}"}, "pause", 'name="until"'),
    ):
        answer = client.post(path, fields)
        assert answer["Location"] == f"{path}?done={place}#{place}"
        page = client.get(answer["Location"].partition("#")[0]).content.decode()
        assert f'id="{place}"' in page
        assert page.count("Saved.") == 1
        assert "Saved." in form_with(page, field)
    assert "in one mail a day, at 7:00 (Berlin)" in page
    ended = client.post(path, {"change": "stop"})
    assert "Stopped. Nothing more is sent" in client.get(ended["Location"].partition("#")[0]).content.decode()


def test_a_warning_that_waits_is_not_sent_to_who_wants_it_no_more_and_is_to_who_wants_it_again(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", since="2020-06-01", cadence="weekly")
    world.moratorium()
    at("2021-03-12T00:05")  # 90 days before, a Friday; it waits for the Monday
    actions.choose_rungs(subscription=subscription, rungs=[30])
    at("2021-03-15T08:00")
    assert "90 days" not in str(postbox.subjects())
    assert not Delivery.objects.filter(event__rung=90).exists()
    actions.choose_rungs(subscription=subscription, rungs=[90, 30])
    at("2021-03-16T00:05")
    at("2021-03-22T08:00")
    assert list(Delivery.objects.filter(event__rung=90).values_list("state", flat=True)) == ["sent"]


def test_mail_that_came_back_is_shown_as_such(world: World, client: Client, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything", since="2020-06-01")
    world.moratorium()
    run("2020-06-10")
    bounces.came_back(permanent=True, message_id=Delivery.objects.get().message_id, why="5.1.1 no such user")
    assert "e-mail, sent, came back: 5.1.1 no such user" in client.get(manage_path(subscription)).content.decode()


def test_the_download_has_every_column_that_we_keep_of_a_person_but_what_opens_doors(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", cadence="daily", since="2020-06-01")
    endpoint = Endpoint.objects.create(
        subscriber=subscription.subscriber,
        url="https://hooks.example.org/ada",
        secret="whsec_one",
        former_secret="whsec_two",
        former_until=timezone.now(),
        made_at=timezone.now(),
    )
    follow("place", world.california, channel="webhook", endpoint=endpoint)
    world.moratorium()
    at("2020-06-10T00:05")
    at("2020-06-10T08:00")
    answer = client.get(manage_path(subscription) + "data.json")
    data = answer.json()
    assert {one["endpoint"] for one in data["follows"]} == {None, "https://hooks.example.org/ada"}
    assert data["deliveries"][0]["digest"] == data["digests"][0]["period"] == "2020-06-10"
    assert data["deliveries"][0]["headline"] == "Announced: One-year moratorium on police use of Rekognition"
    for secret in ("whsec_", str(subscription.subscriber.key)):
        assert secret not in answer.content.decode()
    for table, row, otherwise in (
        (Subscriber, data, {"key"}),
        (Subscription, data["follows"][0], {"organization", "product", "technology", "commitment", "place"}),  # "what"
        (Endpoint, data["webhooks"][0], {"secret", "former_secret"}),
        (Digest, data["digests"][0], set()),
        (Delivery, data["deliveries"][0], {"wording"}),  # its headline and text
    ):
        assert columns(table) - otherwise - row.keys() == set(), table


def columns(table: type[Model]) -> set[str]:
    return {column.name for column in table._meta.concrete_fields} - {"id", "subscriber"}


def test_a_pause_ends_on_its_day_and_a_day_that_is_over_holds_nothing_back(
    world: World, client: Client, follow: Follow
) -> None:
    path = manage_path(follow("everything"))
    tomorrow = TODAY + timedelta(days=1)
    client.post(path, {"change": "pause", "until": f"{tomorrow}"})
    assert f'Nothing is sent before <time datetime="{tomorrow}">' in client.get(path).content.decode()
    client.post(path, {"change": "pause", "until": f"{TODAY}"})
    assert "Nothing is held back." in client.get(path).content.decode()
    client.post(path, {"change": "pause", "until": f"{tomorrow}"})
    client.post(path, {"change": "pause", "until": ""})
    assert Subscriber.objects.get().paused_until is None
