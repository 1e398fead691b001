"""What every answer of the site carries, and what it never does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_healthz_answers_ok_sets_no_cookie_and_does_not_look_at_the_visitor(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_every_answer_forbids_scripts_frames_and_requests_from_elsewhere(client: Client) -> None:
    headers = client.get("/healthz").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_healthz_says_that_the_database_is_gone() -> None:
    code = (
        "import django; django.setup(); from django.test import Client; "
        "r = Client(headers={'host': '127.0.0.1'}).get('/healthz'); print(r.status_code, r.content.decode())"
    )
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracker.config.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "SECRET_KEY": "for the tests alone",
    }
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=variables, capture_output=True, text=True, check=True
    )
    assert run.stdout == "503 the database does not answer\n\n"


@pytest.mark.django_db
def test_a_page_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/method/")
    assert client.get("/method/", headers={"if-none-match": first["ETag"]}).status_code == 304
