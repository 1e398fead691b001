"""What the operator sets: environment variables, read once, refused with one line that names the variable.

Without DATABASE_URL or REDIS_URL the site uses the servers that `make run` keeps under var/.
"""

import os
import re
import sys
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import psycopg2
from psycopg2.extensions import make_dsn

from tracker.config.services import SERVICES, anymail
from tracker.local import state

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TIMEOUT = 20  # seconds that a mail server or an e-mail service has to answer
NOT_RUNNING = "The site's own servers are not running: start `make run`, or set DATABASE_URL and REDIS_URL"


class Refused(SystemExit):
    """A value that stops start-up; prints one line and exits with status 2."""

    def __init__(self, name: str, why: str) -> None:
        self.line = f"{name}: {why}"
        sys.stderr.write(self.line + "\n")
        super().__init__(2)


def text(name: str, default: str = "") -> str:
    """The value without surrounding space; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise Refused(name, f"expected 1 or 0, got {value!r}")
    return default


def number(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
        raise Refused(name, f"expected a whole number from {low} to {high}, got {value!r}")
    return int(value)


def people(name: str) -> list[tuple[str, str]]:
    """Names and addresses, separated by commas: `Ada <ada@example.org>, bob@example.org`."""
    found = []
    for part in filter(None, (part.strip() for part in text(name).split(","))):
        person, address = parseaddr(part)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            raise Refused(name, f"expected e-mail addresses separated by commas, got {part!r}")
        found.append((person or address, address))
    return found


def sender(name: str, default: str) -> str:
    """One address that mail comes from, with or without a name."""
    value = text(name, default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise Refused(name, f"expected an e-mail address, got {value!r}")
    return value


def bare_address(name: str) -> str:
    """An address without a name, or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", value):
        raise Refused(name, f"expected an e-mail address without a name, got {value!r}")
    return value


def site(name: str, default: str) -> SplitResult:
    """The public address of the site: scheme and host, no path."""
    parts = split(name, text(name, default), "https://watch.example.org")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Refused(name, f"expected an address such as https://watch.example.org, got {parts.geturl()!r}")
    return parts._replace(path="")


def secret_key(var: Path, *, strong: bool) -> str:
    """SECRET_KEY; on our own database one is made and kept in var/secret_key."""
    key = text("SECRET_KEY")
    if not key and text("DATABASE_URL"):
        raise Refused("SECRET_KEY", "missing: DATABASE_URL is set, so set a long random SECRET_KEY too")
    if key and strong and (len(key) < 50 or len(set(key)) < 5):
        raise Refused("SECRET_KEY", "too short for a public site: expected at least 50 random characters")
    try:
        return key or state.kept_secret(var / "secret_key")
    except OSError as error:
        raise Refused("SECRET_KEY", f"not set, and none can be kept in {var}: {error.strerror}") from None


def database(own: state.State | None) -> dict[str, object]:
    """Django's entry for DATABASE_URL, or for the servers of the run that is alive (`own`)."""
    url = text("DATABASE_URL") or (own.database_url if own else "") or "postgres://nobody@127.0.0.1:1/none"
    wanted = "postgres://user:password@host:port/name"
    parts = split("DATABASE_URL", url, wanted)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Refused("DATABASE_URL", f"expected {wanted}")
    options = dict(parse_qsl(parts.query))
    try:
        make_dsn(**options)
    except psycopg2.ProgrammingError as error:
        raise Refused("DATABASE_URL", f"unknown option: {str(error).strip()}") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a thread must not meet a connection that a restart of the server has cut
        "OPTIONS": {"connect_timeout": 10, **options},
    }


def redis(own: state.State | None) -> str:
    """REDIS_URL, or the address of our own server."""
    url = text("REDIS_URL") or (own.redis_url if own else "") or "redis://127.0.0.1:1/0"
    wanted = "redis://:password@host:port/0"
    parts = split("REDIS_URL", url, wanted)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not re.fullmatch(r"/?[0-9]*", parts.path):
        raise Refused("REDIS_URL", f"expected {wanted}")
    return url


@dataclass(frozen=True)
class Mail:
    """Django's EMAIL_ settings; with an e-mail service its name, and Django's ANYMAIL."""

    backend: str
    files: str | None = None
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    implicit_tls: bool = False
    starttls: bool = False
    service: str = ""
    anymail: dict[str, Any] = field(default_factory=dict)


def email(var: Path) -> Mail:
    """Where EMAIL_URL says that mail goes; unset or `file:` puts each message into a file under var/mail.

    A password is never sent in the clear: smtp:// with a user name asks for STARTTLS, except on the loopback.
    """
    url = text("EMAIL_URL", "file:")
    wanted = "smtp://user:password@host:587, smtps://user:password@host:465, esp://service?its_key=…, or file:"
    parts = split("EMAIL_URL", url, wanted)
    if url == "file:":
        return Mail("django.core.mail.backends.filebased.EmailBackend", files=str(var / "mail"))
    if parts.scheme == "esp":
        return _email_service(parts)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise Refused("EMAIL_URL", f"expected {wanted}")
    implicit = parts.scheme == "smtps"
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if implicit else 587 if parts.username else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        starttls=not implicit and bool(parts.username) and parts.hostname not in LOOPBACK,
    )


def _email_service(parts: SplitResult) -> Mail:
    """An e-mail service: esp://postmark?server_token=… Its reports of what came back need ANYMAIL_WEBHOOK_SECRET."""
    name = parts.netloc
    if name not in SERVICES:
        raise Refused("EMAIL_URL", f"expected esp:// and one of {', '.join(SERVICES)}")
    service = SERVICES[name]
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    lacking = [key for key in service.needs if not given.get(key)]
    unknown = given.keys() - {*service.needs, *service.takes, "api_url"}
    if lacking or unknown or parts.path.strip("/"):
        asked = "&".join(f"{key}=…" for key in service.needs)
        may = f" and perhaps {', '.join((*service.takes, 'api_url'))}"
        raise Refused("EMAIL_URL", f"expected esp://{name}?{asked}{may}")
    if "api_url" in given:
        _no_key_in_the_clear(given["api_url"])
    secret = text("ANYMAIL_WEBHOOK_SECRET")
    if len(secret) < 20 or not re.fullmatch(r"[^:\s]+:\S+", secret):
        raise Refused(
            "ANYMAIL_WEBHOOK_SECRET",
            "expected user:password of 20 characters or more, so that only the service can report what came back",
        )
    return Mail(f"anymail.backends.{name}.EmailBackend", service=name, anymail=anymail(name, given, secret, TIMEOUT))


def _no_key_in_the_clear(url: str) -> None:
    api = split("EMAIL_URL", url, "an api_url that begins with https://")
    if api.scheme != "https" and not (api.scheme == "http" and api.hostname in LOOPBACK):
        refuse("EMAIL_URL", "an api_url that begins with https://")


def split(name: str, url: str, wanted: str) -> SplitResult:
    """`url` in parts. Never shows the value: it may hold a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        refuse(name, wanted)
    return parts


def refuse(name: str, wanted: str) -> NoReturn:
    raise Refused(name, f"expected {wanted}") from None
