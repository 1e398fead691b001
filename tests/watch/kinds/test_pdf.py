from time import monotonic

import pytest

from tests.watch.kinds.pdfs import pdf, set_lines
from tracker.watch.kinds.entries import Unreadable
from tracker.watch.kinds.pdf.reading import text_of

HEAD, FOOT = "Acme Corporation - Law enforcement policy", "Confidential"
PAGES = (
    set_lines(
        (760, HEAD),
        (720, "We will not sell face recognition to the police for one year from this day. This mora-"),
        (707, "torium covers all of our products, and it does not cover organisations that look for miss-"),
        (694, "ing children."),
        (668, "Emergency requests"),
        (642, "• Requests are answered when a life is in danger, and only when an officer of rank has"),
        (629, "signed them."),
        (616, "• All others need a warrant."),
        (590, "We review what we decided every year together with our advisers, and we will publish"),
        (40, "Page 1 of 2"),
        (28, FOOT),
    ),
    set_lines((760, HEAD), (720, "what we find."), (694, "Version 3."), (40, "Page 2 of 2"), (28, FOOT)),
)
PARAGRAPHS = (
    (
        "We will not sell face recognition to the police for one year from this day. This moratorium covers all of our"
        " products, and it does not cover organisations that look for missing children."
    ),
    "Emergency requests",
    "• Requests are answered when a life is in danger, and only when an officer of rank has signed them.",
    "• All others need a warrant.",
    "We review what we decided every year together with our advisers, and we will publish what we find.",
    "Version 3.",
)


def test_a_pdf_is_read_as_paragraphs_without_heads_feet_hyphens_and_page_numbers() -> None:
    assert text_of(pdf(PAGES)) == PARAGRAPHS
    assert text_of(pdf(PAGES, packed=True)) == PARAGRAPHS


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pdf([b"0.9 0 0 rg 72 72 400 600 re f"]), "no text: needs OCR"),
        (b"<!doctype html><p>404</p>", "not a PDF but a web page"),
        (b"", "an empty answer"),
        (pdf(PAGES)[:300], "broken PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken PDF"),
        (pdf([b""] * 1001), "too large: 1,001 pages"),
    ],
    ids=["scanned", "web page", "empty", "cut off", "noise", "endless"],
)
def test_what_cannot_be_read_has_a_reason_in_words(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        text_of(body)
    assert refusal.value.reason.startswith(reason)


def test_a_pdf_that_unpacks_to_gigabytes_or_never_ends_is_given_up() -> None:
    began = monotonic()
    for hostile in (
        pdf([b" " * 100_000_000], packed=True, filters=2),
        pdf([b"BT /F1 9 Tf (a) Tj ET\n" * 2_000_000], packed=True, filters=2),
    ):
        with pytest.raises(Unreadable):
            text_of(hostile, seconds=1)
    assert monotonic() - began < 30
