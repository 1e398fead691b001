"""Addresses as they stand in the cells of a spreadsheet."""

import pytest

from tests.conftest import shared
from tracker.evidence.urls import normalise
from tracker.imports.files import Row, table
from tracker.imports.written import link, links

_STORY = "https://x.org/story?id=3"
_MAP = "https://www.google.com/maps/d/viewer?mid=1eYVDPh5itXq5acDT9b0BVeQwmESBa4cB"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" https://x.org/story?id=3\u200b ", _STORY),
        ("<https://x.org/story?id=3>", _STORY),
        ("https://x.org/story?utm_source=a&id=3&fbclid=b", _STORY),
        ("https://x.org/story?utm_source=a&amp;utm_medium=b&amp;id=3", _STORY),
        ("https://x.org/story?id=3%26utm_source%3Da%26utm_medium%3Db", _STORY),
        ("https://x.org/story?id=3%2526utm_source%253Da", _STORY),
        ("https://x.org/story%3Futm_source%3Da%26id%3D3", "https://x.org/story%3Fid%3D3"),
        ("https://x.org/story?u=https%3A%2F%2Fy.org%2F%3Futm_id%3D1%26p%3D2", None),
        ("http://x.org:81/Story/#comms", "http://x.org:81/Story/#comms"),
        ("https://www.google.com/amp/s/x.org/story/amp/", "https://x.org/story"),
        ("https://x-org.cdn.ampproject.org/c/s/x.org/story.amp.html", "https://x.org/story.html"),
        ("https://x.org/story?outputType=amp&id=3", _STORY),
        ("https://x.org/amp", "https://x.org/amp"),
        ("https://x.org/campaign?amplify=1", "https://x.org/campaign?amplify=1"),
        (
            "https://web.archive.org/web/20171011/https://x.org/a",
            "https://web.archive.org/web/20171011/https://x.org/a",
        ),
        (f"{_MAP}&z=101", _MAP),
        (f"{_MAP.replace('/d/', '/d/u/0/')}&ll=36.19%2C-103.96&z=4", _MAP),
        (f"{_MAP}&usp=sharing", _MAP),
        ("https://www.google.com/maps/place?z=148&q=a", "https://www.google.com/maps/place?q=a"),
        ("https://www.google.com/maps/place?q=a&z=12", "https://www.google.com/maps/place?q=a&z=12"),
        ("https://x.org/page?z=148", "https://x.org/page?z=148"),
    ],
)
def test_what_was_added_to_an_address_goes_and_the_page_stays(written: str, address: str | None) -> None:
    assert link(written) == (address or "https://x.org/story?u=https%3A%2F%2Fy.org%2F%3Fp%3D2")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "the cell is empty"),
        ("County of Placer", "“County of Placer” is not an http or https address"),
        ("ftp://ftp.co.hinds.ms.us/claims.pdf", "is not an http or https address"),
        ("www.x.org/story", "is not an http or https address"),
        ("javascript:alert(1)", "is not an http or https address"),
        ('=HYPERLINK("https://x.org")', "is not an http or https address"),
        ("https://x.org/the story.pdf", "has a space"),
        ("https://me:secret@x.org/", "a user name or password"),
        ("https:///story", "is not an http or https address"),
        ("https://x.org/a\nhttps://x.org/b", "the cell has 2 addresses"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        link(written)


@pytest.mark.parametrize("between", ["\n", " ", ", ", ";", " | ", "\r\n\r\n"])
def test_two_addresses_in_one_cell_are_both_given_and_one_twice_is_one(between: str) -> None:
    one, other = "https://x.org/a,1", "http://y.org/b?c=1;2"
    assert links(f"{one}{between}{other}") == (one, other)
    assert links(f"{one}{between}{one}") == (one,)


def test_in_the_atlas_one_map_is_one_page_and_three_cells_hold_none() -> None:
    pages, refused = set(), []
    for row in table(shared("data/atlas-of-surveillance-20201007/Atlas_of_Surveillance-20201007.csv")).rows:
        assert isinstance(row, Row)
        for number in (1, 2, 3):
            try:
                pages |= set(map(normalise, links(row.cells[f"Link {number}"])))
            except ValueError:
                refused.append(row.cells[f"Link {number}"])
    assert sum("1eYVDPh5itXq5acDT9b0BVeQwmESBa4cB" in page for page in pages) == 1
    assert sorted(cell.split(".")[0] for cell in refused) == ["County of Placer", "ftp://ftp", "www"]
