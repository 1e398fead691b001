"""Names and other text as people typed them."""

import pytest

from tracker.imports.written import plain


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Springfield \n Police\u00a0Department ", "Springfield Police Department"),
        ("Ring\u200b", "Ring"),
        ("\ufeffRing\u200e", "Ring"),
        ("Pen\u0303asco", "Peñasco"),
        ("a\x00b\tc", "a b c"),
        ("А\u0445on Enterprise", "Axon Enterprise"),
        ("М\u03bftor\u03bfla", "Motorola"),
        ("Ахоп", "Ахоп"),
        ("Москва PD", "Москва PD"),
        ("Zürich‑PD", "Zürich-PD"),
        ("2017–2019", "2017–2019"),
        ("“WatchGuard ”", "“WatchGuard ”"),
    ],
)
def test_what_cannot_be_seen_does_not_make_another_name(written: str, text: str) -> None:
    assert plain(written) == text
