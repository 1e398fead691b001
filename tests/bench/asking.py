"""Asking the real web server for a page, and counting what it takes."""

import statistics
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browser.pages import Address

WARM_UP = 4  # so that each worker has read its templates


@dataclass(frozen=True)
class Asked:
    """What a page took: milliseconds are those of the compressed answer, read to its end."""

    status: int
    queries: int
    size: int
    zipped: int
    median: float
    p95: float


def ask(site: str, address: Address, requests: int) -> Asked:
    """Ask `site` for a page `requests` times, one after another, each over a connection of its own."""
    host = urlsplit(site).netloc
    status, plain = _get(host, address.path, "identity")
    for _ in range(WARM_UP):
        _, zipped = _get(host, address.path, "gzip")
    times = []
    for _ in range(requests):
        began = time.perf_counter()
        _get(host, address.path, "gzip")
        times.append((time.perf_counter() - began) * 1000)
    return Asked(
        status=status,
        queries=_queries(address.path),
        size=len(plain),
        zipped=len(zipped),
        median=statistics.median(times),
        p95=statistics.quantiles(times, n=20, method="inclusive")[-1],
    )


def _get(host: str, path: str, encoding: str) -> tuple[int, bytes]:
    asking = HTTPConnection(host, timeout=60)
    try:
        asking.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = asking.getresponse()
        return answer.status, answer.read()
    finally:
        asking.close()


def _queries(path: str) -> int:
    """How many queries the page makes, asked in this process."""
    with CaptureQueriesContext(connection) as captured:
        Client(SERVER_NAME="127.0.0.1").get(path)
    return len(captured)
