"""Whatever is written into an address or its query, the answer is a page that says so, never a failure of ours."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

ODD = ["%00", "a%00b", "%ED%A0%80", "9" * 30, "-1", "%D9%A3", "%3Cscript%3E", "x" * 5000]
PARAMETERS = (
    "on", "page", "q", "state", "kind", "technology", "vendor", "publisher", "words", "health", "answer", "limit",
    "offset", "topic", "slug", "next",
)  # fmt: skip
VALUES = {
    "int": ["0", "9" * 30],
    "slug": ["9" * 30, "x" * 3000],
    "str": ["x" * 3000, "%00", "%ED%A0%80", "..%2f"],
}
ANSWERED = {200, 301, 302, 400, 403, 404, 405, 410}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """The route of every address of the site but Django's admin, `<int:pk>` and the like left in."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith("/desk/admin"):
                yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def filled(route: str) -> Iterator[str]:
    """The route with each odd value that its converters let through, and some that they do not."""
    begin, bracket, rest = route.partition("<")
    if not bracket:
        yield route
        return
    converter, _, end = rest.partition(">")
    for value in VALUES[converter.rpartition(":")[0] or "str"]:
        for tail in filled(end):
            yield begin + value + tail


ROUTES = sorted(set(addresses(get_resolver())))


def test_the_addresses_were_found() -> None:
    assert {"/", "/vendors/<slug:slug>/", "/desk/", "/subscribe/", "/api/v1/questions", "/search/"} <= set(ROUTES)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["reader", "editor"])
def test_no_odd_value_in_an_address_fails(client: Client, who: str) -> None:
    if who == "editor":
        client.force_login(User.objects.create_superuser("ed@example.org"))
    client.raise_request_exception = False
    typed = dict.fromkeys(("change", "address", "url", "title", "reason", "username", "password"), "\x00")
    answered = {
        (address[:80], answer.status_code)
        for route in ROUTES
        if route != "/desk/logout/" and (who == "reader" or route.startswith("/desk/"))
        for address in filled(route)
        for answer in (client.get(address), client.post(address, typed))
    }
    assert not {answer for answer in answered if answer[1] not in ANSWERED}


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in ROUTES if "<" not in route])
def test_no_odd_value_in_a_query_fails(client: Client, route: str) -> None:
    client.raise_request_exception = False
    answered = {
        (name, value[:20], client.get(route, QUERY_STRING=f"{name}={value}").status_code)
        for name in PARAMETERS
        for value in (ODD if name in ("on", "page", "q") else ODD[:1])
    }
    assert not {answer for answer in answered if answer[2] not in ANSWERED}
