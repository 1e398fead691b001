"""Which letters the bytes of a file mean, found before it is read, and its lines within a bound."""

import codecs
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.imports.rows import BadFile

_CHUNK = 1 << 20
MAX_LINE = 1 << 20
"""The most letters that a line, or a row of several lines, may have."""
_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTER = re.compile("[^\\0-\\x7f\\udc80-\\udcff]")
_BROKEN = re.compile("[\\udc80-\\udcff]")
"""Stands for a byte that is no letter."""


@dataclass(frozen=True)
class Letters:
    """How a file is to be decoded, whether some rows may hold what is no text, and what had to be assumed."""

    encoding: str
    errors: str = "strict"
    suspect: bool = False
    notes: tuple[str, ...] = ()


@dataclass
class _Seen:
    """What a file holds when it is read as UTF-8."""

    nul: bool = False
    letters: bool = False
    """Letters beyond ASCII, rightly encoded: chance makes none in a text of another encoding."""
    broken_at: int = 0
    """The first line with a byte that is none of UTF-8."""
    cut: bool = False
    """It ends in the middle of a letter."""
    cp1252: bool = True
    """Every byte means something in Windows-1252."""


def letters(path: Path) -> Letters:
    """The encoding of the file, by its mark or by reading it all. Raises BadFile for what is cut or no text."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return Letters(encoding, suspect=True)
    if start.count(0) > len(start) // 4:
        raise BadFile(f"{path.name} is no text, or UTF-16 without a mark: save it as UTF-8.")
    seen = _look_through(path)
    if seen.cut:
        raise BadFile(f"{path.name} ends in the middle of a letter: it was cut off. Get it once more.")
    if not seen.broken_at:
        return Letters("utf-8", suspect=seen.nul)
    if seen.letters:
        return Letters("utf-8", "surrogateescape", suspect=True)
    encoding, called = ("cp1252", "Windows-1252") if seen.cp1252 else ("latin-1", "Latin-1")
    note = f"is not in UTF-8 (line {seen.broken_at}) and was read as {called}: look at names with accents"
    return Letters(encoding, suspect=seen.nul, notes=(note,))


def _look_through(path: Path) -> _Seen:
    seen, lines = _Seen(), 1
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    undefined = bytes(byte for byte in range(256) if not _means_something(byte))
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen.nul = seen.nul or b"\0" in chunk
            text = decoder.decode(chunk)
            if not chunk.isascii():
                _weigh(text, lines, seen)
                seen.cp1252 = seen.cp1252 and len(chunk.translate(None, undefined)) == len(chunk)
            lines += text.count("\n")
    held, _ = decoder.getstate()
    # Letters of the same encoding before it, and nothing but the missing end of one: it was cut, not written so.
    seen.cut = bool(held) and seen.letters and not seen.broken_at
    if held and not seen.cut:
        seen.broken_at = seen.broken_at or lines
    return seen


def _weigh(text: str, lines: int, seen: _Seen) -> None:
    seen.letters = seen.letters or _LETTER.search(text) is not None
    if not seen.broken_at and (broken := _BROKEN.search(text)):
        seen.broken_at = lines + text.count("\n", 0, broken.start())


def _means_something(byte: int) -> bool:
    try:
        bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


class Lines:
    """The lines of a text file, of which only one is held at a time. Raises BadFile for one beyond the bound."""

    def __init__(self, path: Path, how: Letters) -> None:
        self._name = path.name
        self.number = 0
        self.taken = 0
        """Letters given since who reads the lines last set it to 0, as at the start of a row of several lines."""
        self.ended = False
        """Whether somebody asked for a line after the last."""
        self.whole = True
        """Whether the line given last has its end."""
        self._lines = self._read(path, how)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def _read(self, path: Path, how: Letters) -> Generator[str, None, None]:
        with path.open(encoding=how.encoding, errors=how.errors, newline="") as file:
            try:
                while line := file.readline(MAX_LINE + 1):
                    self.number += 1
                    self.taken += len(line)
                    if self.taken > MAX_LINE:
                        raise BadFile(
                            f"{self._name}, line {self.number}: a row has more than {MAX_LINE:,} letters: it is no "
                            "table, or its lines do not end. Save it anew from the program that made it."
                        )
                    self.whole = line[-1] in "\r\n"
                    yield line
            except UnicodeDecodeError as error:
                raise BadFile(
                    f"{self._name}, after line {self.number}: {error.reason} in {how.encoding}: it was cut off, "
                    "or put together of several files. Get it once more."
                ) from error
        self.ended = True


def start_of(path: Path, how: Letters, size: int = 4096) -> str:
    """The first letters of the file."""
    with path.open(encoding=how.encoding, errors="replace", newline="") as file:
        return file.read(size)
