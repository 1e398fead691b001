"""From the bytes of a PDF to its paragraphs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tracker.watch.kinds.entries import Unreadable, refuse_too_large
from tracker.watch.kinds.pdf.paragraphs import Line, paragraphs

EXTRACTOR = "pdf-1"
# A policy of a hundred pages takes a second.
SECONDS = 20
_MOST_BYTES = 20_000_000
_PROGRAM = Path(__file__).with_name("opened.py")
_FEWEST_LETTERS = 10


def text_of(body: bytes, *, seconds: int = SECONDS) -> tuple[str, ...]:
    """The paragraphs of a PDF, hyphenation undone, without running heads and page numbers. Raises Unreadable.

    The file is read by a process without the project's environment, which is ended after `seconds`.
    """
    refuse_too_large(body, _MOST_BYTES)
    if b"%PDF-" not in body[:1024]:
        page = body.lstrip()[:1] == b"<"
        raise Unreadable("not a PDF but a web page" if page else "not a PDF")
    pages = [[Line(*line) for line in page] for page in _opened(body, seconds)]
    blocks = paragraphs(pages)
    if sum(letter.isalpha() for block in blocks for letter in block) < _FEWEST_LETTERS:
        raise Unreadable("no text: needs OCR")
    return blocks


def _opened(body: bytes, seconds: int) -> list[list[list[Any]]]:
    command = [sys.executable, "-I", str(_PROGRAM), str(seconds)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds + 5, env={}, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"not read after {seconds} s") from error
    if done.returncode < 0:
        raise Unreadable(f"not read after {seconds} s of work")
    if done.returncode:
        raise Unreadable("it takes too much memory to be read" if b"MemoryError" in done.stderr else "broken PDF")
    said = json.loads(done.stdout)
    if "unreadable" in said:
        raise Unreadable(said["unreadable"])
    pages: list[list[list[Any]]] = said["pages"]
    return pages
