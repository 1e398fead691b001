"""What the operator sets: environment variables, read once, refused with one line that names the variable."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Refused(SystemExit):
    """A value that stops start-up; prints one line and exits with status 2."""

    def __init__(self, name: str, why: str) -> None:
        sys.stderr.write(f"{name}: {why}\n")
        super().__init__(2)


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for a postgres:// URL."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Refused("DATABASE_URL", "expected postgres://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def get(name: str, default: str = "") -> str:
    return os.environ.get(name, default)
