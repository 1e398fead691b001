"""Filters of a list by query string: one of the known words, or 400 with the words there are."""

from collections.abc import Iterable

from django.core.exceptions import BadRequest
from django.http import HttpRequest


def choice(request: HttpRequest, name: str, words: Iterable[str]) -> str:
    """The value of `?name=`, empty where it is not given.

    Raises BadRequest for a value that is none of `words`.
    """
    value = request.GET.get(name, "").strip()
    known = [str(word) for word in words]
    if value and value not in known:
        raise BadRequest(f"“{value[:40]}” is no {name} here. Choose one of: {', '.join(known)}.")
    return value


def phrase(request: HttpRequest, name: str, longest: int = 200) -> str:
    """The words of `?name=`, empty where it is not given.

    Raises BadRequest where they are too long or no text.
    """
    value = request.GET.get(name, "").strip()
    if len(value) > longest:
        raise BadRequest(f"{name}: {len(value):,} characters are too many. Write at most {longest}.")
    if "\x00" in value:
        raise BadRequest(f"{name}: a NUL character cannot be searched for. Leave it out.")
    return value
