"""What an operator sets: taken as meant, or refused with one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string
from pytest_django import Settings

from tracker.config import env
from tracker.config.services import SERVICES
from tracker.local import state

PROJECT = Path(__file__).resolve().parent.parent.parent
OWN = state.State(supervisor=1, database_url="postgres://a:b@127.0.0.1:5/c", redis_url="redis://127.0.0.1:6/0")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "EMAIL_URL",
        "ANYMAIL_WEBHOOK_SECRET",
        "SITE_URL",
        "PORT",
        "DEBUG",
    )
    for name in names:
        monkeypatch.delenv(name, raising=False)


def refused(capsys: pytest.CaptureFixture[str], ask: object, *arguments: object, **named: object) -> str:
    assert callable(ask)
    with pytest.raises(env.Refused) as stop:
        ask(*arguments, **named)
    assert stop.value.code == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    return line


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///db.sqlite3",
        "postgres://user:secret@host",
        "postgres://user:secret@host:port/name",
        "postgres://user:secret@host:99999/name",
        "postgres://[::1/name",
        "postgres://user:secret@host/name?colour=blue",
    ],
)
def test_a_database_that_makes_no_sense_is_refused_without_showing_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    line = refused(capsys, env.database, None)
    assert line.startswith("DATABASE_URL: ")
    assert "secret" not in line


def test_a_database_url_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:p%40ss@db.example.org:6432/watch?sslmode=require")
    entry = env.database(OWN)
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("watch", "ada", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.org", "6432")
    assert entry["OPTIONS"] == {"connect_timeout": 10, "sslmode": "require"}


def test_without_urls_the_running_sites_servers_are_used() -> None:
    assert (env.database(OWN)["PORT"], env.redis(OWN)) == ("5", "redis://127.0.0.1:6/0")


@pytest.mark.parametrize("url", ["http://host", "redis://", "redis://host:port", "redis://host/zero"])
def test_a_redis_that_makes_no_sense_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    assert refused(capsys, env.redis, None).startswith("REDIS_URL: ")


@pytest.mark.parametrize("url", ["mail.example.org", "smtp://", "http://mail", "smtp://host:mail", "smtp://host/x"])
def test_a_mail_server_that_makes_no_sense_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    assert refused(capsys, env.email, Path("var")).startswith("EMAIL_URL: ")


@pytest.mark.parametrize(
    ("url", "port", "implicit_tls", "starttls"),
    [
        ("smtps://ada:secret@mail.example.org", 465, True, False),
        ("smtp://ada:secret@mail.example.org", 587, False, True),
        ("smtp://ada:secret@127.0.0.1:2525", 2525, False, False),
        ("smtp://mail.example.org", 25, False, False),
    ],
)
def test_a_password_leaves_this_machine_only_encrypted(
    url: str, port: int, implicit_tls: bool, starttls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    mail = env.email(Path("var"))
    assert (mail.port, mail.implicit_tls, mail.starttls) == (port, implicit_tls, starttls)


SECRET = "hook:0123456789abcdef"


@pytest.mark.parametrize(
    "url",
    [
        "esp://",
        "esp://pigeons?api_key=hush",
        "esp://Postmark?server_token=hush",
        "esp://postmark?api_key=hush",
        "esp://postmark?server_token=",
        "esp://postmark?server_token=hush&colour=blue",
        "esp://postmark/path?server_token=hush",
        "esp://postmark?server_token=hush&api_url=http://api.example.org",
    ],
)
def test_an_email_service_that_makes_no_sense_is_refused_without_showing_its_key(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", SECRET)
    line = refused(capsys, env.email, Path("var"))
    assert line.startswith("EMAIL_URL: expected ")
    assert "hush" not in line


@pytest.mark.parametrize("secret", ["", "hook:short", "0123456789abcdefghijk", ":0123456789abcdefghijk"])
def test_an_email_service_is_refused_while_anybody_could_forge_its_reports(
    secret: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMAIL_URL", "esp://mailgun?api_key=hush")
    monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", secret)
    line = refused(capsys, env.email, Path("var"))
    assert line.startswith("ANYMAIL_WEBHOOK_SECRET: ")
    assert not secret or secret not in line


@pytest.mark.parametrize("name", list(SERVICES))
def test_every_email_service_is_one_of_anymails_and_takes_what_we_set(
    name: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    query = "&".join(f"{key}=https%3A%2F%2Fone.example.org" for key in SERVICES[name].needs)
    monkeypatch.setenv("EMAIL_URL", f"esp://{name}?{query}")
    monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", SECRET)
    mail = env.email(Path("var"))
    settings.ANYMAIL = mail.anymail
    message = EmailMultiAlternatives("A subject", "A body", "a@example.org", ["b@example.org"])
    vars(message)["metadata"] = {"delivery": "1"}
    backend = import_string(mail.backend)()
    payload = backend.build_message_payload(message, backend.send_defaults)
    assert payload.serialize_data() is not None
    assert mail.anymail["WEBHOOK_SECRET"] == SECRET


def test_without_a_mail_server_mail_goes_into_files() -> None:
    assert env.email(Path("here/var")).files == "here/var/mail"


def test_a_database_without_a_secret_key_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada@db.example.org/watch")
    assert refused(capsys, env.secret_key, tmp_path, strong=False).startswith("SECRET_KEY: missing")
    assert not list(tmp_path.iterdir())


def test_a_public_site_is_refused_a_short_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECRET_KEY", "dev")
    assert env.secret_key(tmp_path, strong=False) == "dev"
    assert refused(capsys, env.secret_key, tmp_path, strong=True).startswith("SECRET_KEY: too short")


def test_our_own_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = env.secret_key(tmp_path / "var", strong=True)
    assert env.secret_key(tmp_path / "var", strong=True) == first
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("value", ["web", "0", "65536", "80.5", "-1", "99999999999999999999"])
def test_a_port_that_is_none_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", value)
    assert refused(capsys, env.number, "PORT", 8000, low=1, high=65535).startswith("PORT: ")


@pytest.mark.parametrize("value", ["watch.example.org", "ftp://watch.example.org", "https://", "https://a.org/path"])
def test_a_site_address_that_is_none_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", value)
    assert refused(capsys, env.site, "SITE_URL", "http://127.0.0.1").startswith("SITE_URL: ")


def test_a_switch_that_is_neither_on_nor_off_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEBUG", "maybe")
    assert refused(capsys, env.flag, "DEBUG").startswith("DEBUG: ")


def test_people_are_read_and_a_slip_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPERATOR_EMAIL", "Ada <ada@example.org>, bob@example.org")
    assert env.people("OPERATOR_EMAIL") == [("Ada", "ada@example.org"), ("bob@example.org", "bob@example.org")]
    monkeypatch.setenv("OPERATOR_EMAIL", "ada at example.org")
    assert refused(capsys, env.people, "OPERATOR_EMAIL").startswith("OPERATOR_EMAIL: ")


def test_a_sender_without_an_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "Watchback")
    assert refused(capsys, env.sender, "DEFAULT_FROM_EMAIL", "a@b").startswith("DEFAULT_FROM_EMAIL: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", ""), ("DATABASE_URL", "mysql://x"), ("REDIS_URL", "x"), ("EMAIL_URL", "x"), ("PORT", "x")],
)
def test_start_up_ends_with_the_one_line(name: str, value: str) -> None:
    variables = {
        **os.environ,
        "DATABASE_URL": "postgres://ada@127.0.0.1:1/watch",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "for the tests alone",
        "EMAIL_URL": "file:",
        name: value,
    }
    command = [sys.executable, "manage.py", "check"]
    run = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith(f"{name}: ")
    assert run.stderr.count("\n") == 1
    assert run.stdout == ""


def test_the_site_does_not_start_on_an_operators_database_without_knowing_where_mail_goes(tmp_path: Path) -> None:
    variables = {**os.environ, "DATABASE_URL": "postgres://ada@127.0.0.1:1/watch", "VAR_DIR": str(tmp_path)}
    variables.pop("EMAIL_URL", None)
    command = [sys.executable, "manage.py", "up"]
    run = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert run.stderr.startswith("EMAIL_URL: missing")
    assert not list(tmp_path.iterdir())
