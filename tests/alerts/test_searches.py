"""The words of a saved search, and texts that would trip PostgreSQL."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web import rows
from tracker.alerts import scope, topics
from tracker.alerts.models.subscriptions import WORDS
from tracker.alerts.searches import normal_search


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Face\tRecognition,  OREGON ", "face recognition oregon"),
        ("Amazon's “Ring”", "amazon s ring"),
        ("a & b | !c:* <-> (d) ' \\", "a b c d"),
        ("snake_case", "snake case"),
        ("ﬁngerprint ＣＣＴＶ", "fingerprint cctv"),
        ("Düsseldorf", "düsseldorf"),
        (" ".join("abcdefghijklmnop"), " ".join("abcdefghijkl")),
        ("a" * 250, "a" * 200),
        (f"{'a' * 150} {'b' * 60}", "a" * 150),
        ("… & \x00 _", ""),
        ("", ""),
    ],
)
def test_a_search_is_kept_as_its_words(text: str, words: str) -> None:
    assert normal_search(text) == words


@given(st.text(max_size=300))
def test_words_that_were_reduced_once_stay_as_they_are(text: str) -> None:
    words = normal_search(text)
    assert normal_search(words) == words
    assert len(words) <= 200
    assert len(words.split(" ")) <= 12


@pytest.mark.django_db
@settings(max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_looked_for_and_kept(text: str) -> None:
    try:
        what = topics.searched(text)
    except topics.UnknownTopic:
        return
    assert not scope.commitments(what).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [what.search, WORDS])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_a_record_of_a_million_letters_is_found_by_its_beginning() -> None:
    made = rows.commitment(rows.vendor("amazon"), "long", covers=" ".join(f"{n:08x}" for n in range(150_000)))
    rows.term(made, "2020-06-10")
    assert list(scope.commitments(topics.searched("0000000a"))) == [made]
