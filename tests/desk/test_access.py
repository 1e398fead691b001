import re
from datetime import timedelta
from io import StringIO

import pytest
import redis
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from pytest_django.asserts import assertContains, assertRedirects

from tests.desk.conftest import NOW
from tracker import networks
from tracker.commitments.models import Commitment, Term
from tracker.desk import attempts
from tracker.desk.access import is_editor
from tracker.watch.models import Lead

PASSWORD = "a long and winding road"
PAGES = [
    "/desk/",
    "/desk/leads/1/",
    "/desk/watches/",
    "/desk/watches/1/",
    "/desk/watches/new/",
    "/desk/terms/1/evidence/",
    "/desk/history/commitments_term/1/",
]


def link_for(email: str) -> str:
    out = StringIO()
    call_command("editor", email, stdout=out)
    found = re.search(r"http://127\.0\.0\.1:8000(/desk/password/\S+)", out.getvalue())
    assert found, out.getvalue()
    return found[1]


def set_password(client: Client, link: str) -> int:
    """Follows a one-time link and sets the password; the status of the last answer."""
    page = client.get(link, follow=True)
    if page.status_code != 200:
        return page.status_code
    return client.post(page.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_the_desk_without_logging_in(client: Client, db: None, page: str) -> None:
    assertRedirects(client.get(page), f"/desk/login/?next={page}")


@pytest.mark.parametrize("page", PAGES)
def test_an_account_that_is_no_editors_is_refused(client: Client, db: None, page: str) -> None:
    client.force_login(User.objects.create_user("reader@example.org"))
    assertContains(client.get(page), "Only editors may use the desk", status_code=403)


def test_only_an_editor_decides(client: Client, lead: Lead) -> None:
    assertRedirects(client.post(f"/desk/leads/{lead.pk}/accept"), "/desk/login/?next=/desk/")
    client.force_login(User.objects.create_user("reader@example.org", is_staff=True))
    assert client.post(f"/desk/leads/{lead.pk}/accept").status_code == 403
    assert client.post(f"/desk/leads/{lead.pk}/reject", {"reason": "no"}).status_code == 403
    lead.refresh_from_db()
    assert (lead.state, Term.objects.exists()) == ("new", False)


def test_a_verdict_from_another_site_is_refused(editor: User, lead: Lead) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    assert browser.post(f"/desk/leads/{lead.pk}/accept").status_code == 403
    assert browser.get(f"/desk/leads/{lead.pk}/accept").status_code == 405
    assert not Commitment.objects.exists()


def test_the_first_editor_sets_a_password_by_a_link_that_works_once(client: Client, db: None) -> None:
    link = link_for("Ed@Example.org")
    editor = User.objects.get()
    assert (editor.username, editor.is_staff, editor.is_superuser, is_editor(editor)) == (
        "ed@example.org",
        True,
        False,
        True,
    )
    assert set_password(client, link) == 302
    assert client.get("/desk/").status_code == 200
    assert set_password(Client(), link) == 410
    browser = Client()
    assertRedirects(browser.post("/desk/login/", {"username": "ed@example.org", "password": PASSWORD}), "/desk/")


def test_a_new_link_for_an_account_without_password_ends_the_one_before(client: Client, db: None) -> None:
    first, second = link_for("ed@example.org"), link_for("ed@example.org")
    assert User.objects.count() == 1
    assert set_password(Client(), first) == 410
    assert set_password(client, second) == 302


def test_who_forgot_the_password_gets_a_new_link_and_the_old_password_holds_until_then(
    client: Client, db: None
) -> None:
    set_password(Client(), link_for("ed@example.org"))
    link_for("ed@example.org")
    assertRedirects(client.post("/desk/login/", {"username": "ed@example.org", "password": PASSWORD}), "/desk/")
    assert set_password(Client(), link_for("ed@example.org")) == 302


def test_a_link_of_three_days_ago_is_too_old(client: Client, db: None) -> None:
    link = link_for("ed@example.org")
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        assertContains(client.get(link), "no longer works", status_code=410)


def test_a_common_password_is_refused(client: Client, db: None) -> None:
    page = client.get(link_for("ed@example.org"), follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"new_password1": "password1234", "new_password2": "password1234"})
    assertContains(answer, "too common")
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("address", ["", "   ", "somebody", "a@b@c", "<script>@x"])
def test_the_command_says_in_one_line_what_it_needs(db: None, address: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("editor", address)
    assert len(str(error.value).splitlines()) == 1
    assert not User.objects.exists()


def test_nobody_registers(client: Client, db: None) -> None:
    for address in ("/desk/register/", "/desk/signup/", "/desk/password/reset/"):
        assert client.get(address).status_code == 404


def test_a_password_is_tried_five_times_and_then_told_when_again(client: Client, editor: User) -> None:
    editor.set_password(PASSWORD)
    editor.save()
    for _ in range(5):
        assertContains(
            client.post("/desk/login/", {"username": "ed@example.org", "password": "guess"}),
            "enter a correct username",
        )
    answer = client.post("/desk/login/", {"username": " ED@example.org", "password": PASSWORD})
    assertContains(answer, "Try again at", status_code=429)
    assert 0 < int(answer["Retry-After"]) <= 900
    elsewhere = client.post(
        "/desk/login/", {"username": "ed@example.org", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7"
    )
    assertRedirects(elsewhere, "/desk/")


def test_the_right_password_starts_the_count_anew(client: Client, editor: User) -> None:
    editor.set_password(PASSWORD)
    editor.save()
    for password in ["guess"] * 4 + [PASSWORD] + ["guess"] * 4 + [PASSWORD]:
        assert client.post("/desk/login/", {"username": "ed@example.org", "password": password}).status_code in (
            200,
            302,
        )


def test_tries_are_counted_by_network_and_name_and_neither_is_kept() -> None:
    assert [attempts.too_many("192.0.2.0/24", "ed", now=NOW) for _ in range(5)] == [None] * 5
    assert attempts.too_many("192.0.2.0/24", "ed", now=NOW + timedelta(minutes=5)) == NOW + attempts.WINDOW
    assert attempts.too_many("198.51.100.0/24", "ed", now=NOW) is None
    assert attempts.too_many("192.0.2.0/24", "ada", now=NOW) is None
    kept = [str(key) for key in redis.Redis.from_url(settings.REDIS_URL).scan_iter("*desk:tries:*")]
    assert kept
    assert not any("192." in key or " ed" in key for key in kept)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert networks.network(address) == network


def test_the_admin_is_for_operators_and_has_no_login_of_its_own(client: Client, db: None, lead: Lead) -> None:
    assertRedirects(client.get("/desk/admin/"), "/desk/admin/login/?next=/desk/admin/", fetch_redirect_response=False)
    assertRedirects(client.get("/desk/admin/login/?next=/desk/admin/"), "/desk/login/?next=%2Fdesk%2Fadmin%2F")
    client.force_login(User.objects.create_user("reader@example.org"))
    assert client.get("/desk/admin/login/").status_code == 403
    call_command("editor", "op@example.org", "--operator", stdout=StringIO())
    client.force_login(User.objects.get(username="op@example.org"))
    for page in (
        "",
        "organizations/organization/",
        "commitments/term/add/",
        "watch/lead/",
        f"evidence/source/{lead.version.snapshot.source_id}/change/",
    ):
        answer = client.get(f"/desk/admin/{page}")
        assert answer.status_code == 200, page
        for blocked in (b"<script>", b" onclick=", b" style="):  # the strict CSP would not run or show them
            assert blocked not in answer.content, page
        assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_an_editor_without_rights_in_the_admin_sees_no_table_there(desk: Client, lead: Lead) -> None:
    assert desk.get("/desk/admin/commitments/term/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_admin_tells_what_the_database_refused(client: Client) -> None:
    call_command("editor", "op@example.org", "--operator", stdout=StringIO())
    client.force_login(User.objects.get(username="op@example.org"))
    typed = {
        "slug": "x", "url": "https://x.example/", "normalised_url": "", "title": "X", "kind": "news",
        "health": "unknown",
    }  # fmt: skip
    answer = client.post("/desk/admin/evidence/source/add/", typed, follow=True)
    assert answer.status_code == 200
    assert b"source_url_is_normalised" in answer.content or b"normalised" in answer.content


def test_readers_get_no_cookie_from_the_desks_middleware(client: Client, db: None) -> None:
    assert not client.get("/api/v1/questions").cookies


def test_behind_a_proxy_a_stranger_does_not_lock_an_editor_out(client: Client, editor: User) -> None:
    editor.set_password(PASSWORD)
    editor.save()
    stranger, home = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}, {"x-forwarded-for": "192.0.2.7"}
    for _ in range(6):
        answer = client.post("/desk/login/", {"username": "ed@example.org", "password": "guess"}, headers=stranger)
    assert answer.status_code == 429
    invented = {"x-forwarded-for": "192.0.2.99, 203.0.113.9"}  # only what the proxy wrote, the last, counts
    typed = {"username": "ed@example.org", "password": PASSWORD}
    assert client.post("/desk/login/", typed, headers=invented).status_code == 429
    assertRedirects(client.post("/desk/login/", typed, headers=home), "/desk/")
