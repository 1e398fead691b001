"""Asking for a page and counting what it took."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FETCHES = re.compile(
    r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*?\bsrc\s*=\s*[\"']?(?P<src>[^\"'\s>]+)"
    r"|<link\b(?![^>]*\brel=\"alternate\")[^>]*?\bhref=\"(?P<href>[^\"]+)\""
)


def get(client: Client, path: str, status: int = 200) -> str:
    """The page's text; fails where the status is another."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def queries(client: Client, path: str) -> int:
    """How many queries a page makes."""
    with CaptureQueriesContext(connection) as captured:
        get(client, path)
    return len(captured)


def fetched(text: str) -> list[str]:
    """Every address that a browser would fetch by itself for this page."""
    return [found["src"] or found["href"] for found in FETCHES.finditer(text)]


def words(text: str) -> str:
    """What a reader reads: without tags, spaces made one, none before a comma."""
    plain = re.sub(r"<[^>]+>", " ", text)
    return re.sub(r" ([,.:;])", r"\1", re.sub(r"\s+", " ", unescape(plain))).strip()


def headings(text: str) -> list[int]:
    """The levels of the headings in order."""
    return [int(level) for level in re.findall(r"<h([1-6])\b", text)]
