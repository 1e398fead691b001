"""What became of Flock's contracts comes in with the month and the article, and no month that cannot be."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest

from tests.conftest import shared
from tracker.imports.flock_decisions import FlockDecisions
from tracker.imports.rows import AgencyNamed, BadFile, Claimed, Refused

REAL = "data/flock-municipal-decisions/municipalities.json"


def entry(**given: Any) -> dict[str, Any]:
    """An entry with what is given: `city`, `month`, `year`, or any key of the file."""
    city, year, month = given.pop("city", "Ord"), given.pop("year", 2026), given.pop("month", 7)
    usual = {
        "id": "ord-ne-2026-07",
        "location": {"city": city, "state": "NE", "text": f"{city}, NE"},
        "date": {"text": f"{month} {year}", "year": year, "month": month},
        "status": "cancelled",
        "status_raw": "Contract Canceled",
        "info": "The Ord City Council voted to end its contract.",
        "source_url": "https://example.org/2026/07/14/ord-ends-flock/",
        "link_domain": "example.org",
        "first_seen_at": "2026-07-28T16:59:17.071Z",
        "last_seen_at": "2026-08-22T20:59:45.125Z",
        "archive_url": None,
    }
    return usual | given


def read(tmp_path: Path, *entries: dict[str, Any]) -> list[Claimed | Refused]:
    return list(FlockDecisions().read(kept(tmp_path, *entries)))


def kept(tmp_path: Path, *entries: dict[str, Any]) -> Path:
    path = tmp_path / "municipalities.json"
    path.write_text(json.dumps({"schema_version": 1, "count": len(entries), "entries": entries}))
    return path


def claim(tmp_path: Path, **given: Any) -> Claimed:
    [row] = read(tmp_path, entry(**given))
    assert isinstance(row, Claimed)
    return row


def history(row: Claimed) -> list[dict[str, str | None]]:
    return cast("list[dict[str, str | None]]", row.details["history"])


def test_a_city_that_ended_flock_has_the_month_the_article_and_its_copy(tmp_path: Path) -> None:
    copy = "https://web.archive.org/web/20260807014447/https://example.org/2026/07/14/ord-ends-flock/"
    row = claim(tmp_path, archive_url=copy)
    assert (row.key, row.vendor, row.subject.kind, row.subject.product) == (
        "ord-ne-2026-07",
        "Flock Safety",
        "uses",
        "flock-lpr",
    )
    assert (row.course.status, str(row.course.decided), str(row.course.ended)) == ("ended", "2026-07", "2026-07")
    assert [(link.url, link.publisher, str(link.published.value)) for link in row.links] == [
        ("https://example.org/2026/07/14/ord-ends-flock/", "example.org", "2026-07-14"),
        (copy, "Wayback Machine", "None"),
    ]


@pytest.mark.parametrize(
    ("outcome", "told", "said"),
    [
        ("Contract Canceled", "Ord ended its contract.", ("ended", "", "2026-07")),
        ("Contract Canceled", "Ord will soon end its contract.", ("ended", "", "None")),
        (
            "Contract Canceled",
            "Ord canceled its contract before any cameras were installed.",
            ("never_started", "cancelled before it began", "None"),
        ),
        ("Contract Rejected", "Ord rejected a proposal.", ("never_started", "", "None")),
        ("Contract Rejected", "Ord is not renewing its contract.", ("ended", "not renewed", "2026-07")),
        (
            "Contract Rejected",
            "The Ord council refused an extension. Despite their vote, the mayor went on.",
            ("reported", "kept in spite of the vote", "None"),
        ),
        ("Cameras Deactivated", "Ord disabled its cameras.", ("paused", "cameras deactivated", "None")),
        ("Cameras Deactivated", "Ord paused its use.", ("paused", "cameras deactivated", "None")),
        ("Cameras Deactivated", "Ord suspended it, to end misuse.", ("paused", "cameras deactivated", "None")),
        ("Cameras Deactivated", "Ord has removed its cameras.", ("ended", "cameras deactivated", "2026-07")),
        ("Contract Reinstated", "Ord is back with Flock.", ("reinstated", "", "None")),
    ],
)
def test_what_became_of_it_is_what_the_sentence_says(
    tmp_path: Path, outcome: str, told: str, said: tuple[str, str, str]
) -> None:
    course = claim(tmp_path, status_raw=outcome, info=told).course
    assert (course.status, course.detail, str(course.ended)) == said
    assert str(course.decided) == "2026-07"


@pytest.mark.parametrize(
    ("city", "told", "agency"),
    [
        ("Ord", "Ord ended it.", AgencyNamed("Ord (city or town government)", "NE", "Ord", "local")),
        ("Ord", "The Ord police department ended it.", AgencyNamed("Ord Police Department", "NE", "Ord", "police")),
        (
            "Pinal County",
            "Sherriff Ross ended it.",
            AgencyNamed("Pinal County Sheriff's Office", "NE", kind="sheriff", county="Pinal County"),
        ),
        (
            "Dane County",
            "Dane County ended it.",
            AgencyNamed("Dane County (county government)", "NE", kind="local", county="Dane County"),
        ),
        (
            "Coshocton",
            "The Coshocton County Sheriff’s Office ended it.",
            AgencyNamed("Coshocton County Sheriff's Office", "NE", kind="sheriff", county="Coshocton County"),
        ),
        (
            "Madison",
            "The University of Wisconsin-Madison Police Department ended it.",
            AgencyNamed("University of Wisconsin-Madison Police Department", "NE", "Madison", "police"),
        ),
    ],
)
def test_who_decided_is_what_the_sentence_says(tmp_path: Path, city: str, told: str, agency: AgencyNamed) -> None:
    assert claim(tmp_path, city=city, info=told).agency == agency


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ({"year": 2026, "month": 9}, "lies after 2026-07-28, when it was first listed"),
        ({"year": 2025, "month": 7}, "is far from the article, which is of 2026-07-14"),
        ({"year": 2026, "month": 13}, "is no month"),
        (
            {"month": 7, "source_url": "https://example.org/2026/jan/5/a"},
            "is far from the article, which is of 2026-01-05",
        ),
    ],
)
def test_a_month_that_cannot_be_is_kept_as_it_was_written_only(
    tmp_path: Path, given: dict[str, Any], doubt: str
) -> None:
    row = claim(tmp_path, **given)
    assert (row.course.status, row.course.decided, row.course.ended) == ("ended", None, None)
    [told] = history(row)
    assert (told["month"], told["doubt"]) == (None, doubt)
    assert told["month_raw"]


def test_all_decisions_of_one_agency_are_the_history_of_one_claim(tmp_path: Path) -> None:
    paused = entry(
        id="ord-1", status_raw="Cameras Deactivated", info="Ord paused it.", month=5, source_url="https://a.org/1"
    )
    [row] = read(tmp_path, entry(id="ord-2"), paused)
    assert isinstance(row, Claimed)
    assert (row.key, row.line, row.course.status) == ("ord-1", 1, "ended"), (
        "the key of the first, which does not change"
    )
    told = [(one["id"], one["status"], one["month"]) for one in history(row)]
    assert told == [("ord-1", "paused", "2026-05"), ("ord-2", "ended", "2026-07")]
    assert [link.url for link in row.links] == ["https://example.org/2026/07/14/ord-ends-flock/", "https://a.org/1"]


def test_quotation_marks_lose_their_backslashes_and_excerpts_are_not_kept(tmp_path: Path) -> None:
    row = claim(tmp_path, info='The city voted on Ord\\\'s contract, a \\"deal\\".', article_excerpt="Their words.")
    assert row.summary == 'The city voted on Ord\'s contract, a "deal".'
    assert "Their words." not in row.cells.values()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"id": ""}, "no id given"),
        ({"status_raw": "ALPRs Banned"}, "an outcome that says nothing of a contract"),
        ({"flagged_missing": True, "missing_since": "2026-08-13"}, "taken off the list by its maker"),
        ({"city": "Cudahy", "info": "Eagle Range removed its cameras."}, "names no public body that decided"),
        ({"city": "JARS Cannabis, Madison Heights"}, "names no public body that decided"),
        ({"first_seen_at": ""}, "no day on which it was first seen"),
        ({"location": {"city": "Ord", "state": "XX"}}, "a state that is none"),
    ],
)
def test_an_entry_that_says_nothing_sure_of_an_agency_is_refused(
    tmp_path: Path, given: dict[str, Any], reason: str
) -> None:
    [row] = read(tmp_path, entry(**given))
    assert isinstance(row, Refused)
    assert row.reason == reason


def test_another_file_is_not_taken_for_it(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has no column"):
        read(tmp_path, {"name": "Orlando"})


def test_the_release_is_the_day_on_which_its_entries_were_last_seen(tmp_path: Path) -> None:
    assert str(FlockDecisions().release(kept(tmp_path, entry()))) == "2026-08-22"


def test_the_real_file_is_read_to_its_last_entry() -> None:
    rows = list(FlockDecisions().read(shared(REAL)))
    claimed = [row for row in rows if isinstance(row, Claimed)]
    assert (len(rows), len(claimed)) == (133, 129)
    assert Counter(row.course.status for row in claimed) == {
        "ended": 95,
        "paused": 17,
        "never_started": 15,
        "reported": 1,
        "reinstated": 1,
    }
    assert Counter(row.reason for row in rows if isinstance(row, Refused)) == {
        "names no public body that decided": 2,
        "taken off the list by its maker": 1,
        "an outcome that says nothing of a contract": 1,
    }
    assert [row.key for row in claimed if row.course.decided is None] == [
        "bend-or-2025-01",
        "elbert-county-co-2024-12",
        "everett-wa-2023-02",
    ]
    assert sum(row.course.ended is not None for row in claimed) == 74
    assert sum(link.publisher == "Wayback Machine" for row in claimed for link in row.links) == 99
