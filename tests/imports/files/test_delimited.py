"""CSV files as people make and break them."""

import tracemalloc
from pathlib import Path

import pytest

from tests.imports.files.conftest import Kept
from tracker.imports.files import Row, table
from tracker.imports.rows import BadFile, Refused

_TEXT = 'Agency,City,State\nPeñasco PD,Peñasco,NM\n"Pima County, Sheriff",Tucson,AZ\n'
_CELLS = [
    {"Agency": "Peñasco PD", "City": "Peñasco", "State": "NM"},
    {"Agency": "Pima County, Sheriff", "City": "Tucson", "State": "AZ"},
]


def cells(path: Path, *columns: str) -> list[dict[str, str]]:
    """The cells of a file in which no row is refused."""
    read = list(table(path, columns=columns).rows)
    assert all(isinstance(row, Row) for row in read), read
    return [dict(row.cells) for row in read]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_the_same_table_is_read_in_any_encoding(kept: Kept, encoding: str) -> None:
    path = kept(_TEXT.encode(encoding))
    assert cells(path, "Agency", "State") == _CELLS
    guessed = encoding in ("cp1252", "latin-1")
    assert ("line 2" in " ".join(table(path).notes)) is guessed, "a guess is said, with its line"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_line_ends_are_found(kept: Kept, delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(row) for row in (["Agency", "City"], ["“Pima, AZ”", "Tucson"]))
    quoted = text.replace("“Pima, AZ”", '"Pima, AZ"')
    for columns in ((), ("City",)):
        assert cells(kept(quoted), *columns) == [{"Agency": "Pima, AZ", "City": "Tucson"}]


def test_a_line_that_names_the_delimiter_is_heeded(kept: Kept) -> None:
    path = kept("sep=;\nName, as written;City\nPima;Tucson\n")
    (row,) = table(path).rows
    assert row == Row(3, {"Name, as written": "Pima", "City": "Tucson"})


def test_a_delimiter_that_is_not_sure_is_asked_for(kept: Kept) -> None:
    with pytest.raises(BadFile, match=r"commas.*semicolons|semicolons.*commas"):
        table(kept("a,b;c\n1,2;3\n"))
    assert list(table(kept("Name;City, State\nPima;Tucson\nYuma;Yuma, AZ\nMesa;Mesa\n")).columns) == [
        "Name",
        "City, State",
    ]


def test_columns_that_have_no_name_or_a_name_twice_stay_apart(kept: Kept) -> None:
    read = table(kept("\n\ufeff,Link \u200b,Link,Confirmed  Date \n0,a,b,c\n"))
    assert read.columns == ("column 1", "Link", "Link (2)", "Confirmed Date")
    assert [row.line for row in read.rows] == [3]


def test_rows_begin_where_their_first_line_is_and_blank_ones_are_none(kept: Kept) -> None:
    path = kept('a,b\n1,"two\nlines"\n\n,\n3,4\n')
    assert list(table(path).rows) == [Row(2, {"a": "1", "b": "two\nlines"}), Row(6, {"a": "3", "b": "4"})]


def test_shifted_rows_are_refused_with_their_cells(kept: Kept) -> None:
    more, fewer, good = table(kept("a,b\n1,2,3\n1\n1,2\n")).rows
    assert more == Refused(
        2, "", "has more cells than the header", "3 cells, not 2", {"a": "1", "b": "2", "column 3": "3"}
    )
    assert fewer == Refused(3, "", "has fewer cells than the header", "1 cells, not 2", {"a": "1"})
    assert good == Row(4, {"a": "1", "b": "2"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\nx\0y,2\n3,4\n", "has a NUL byte"),
        ("a,b\nPeñasco,".encode() + b"Tucs\xf3n\n3,4\n", "has a byte that is not UTF-8"),
        (b'a,b\n"x"y,2\n3,4\n', "has a quotation mark inside a cell"),
    ],
)
def test_a_row_that_cannot_be_read_does_not_take_the_next_with_it(kept: Kept, content: bytes, reason: str) -> None:
    refused, good = table(kept(content)).rows
    assert isinstance(refused, Refused)
    assert (refused.line, refused.reason) == (2, reason)
    assert not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in "".join(refused.cells.values()))
    assert good == Row(3, {"a": "3", "b": "4"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"list.csv is empty"),
        (b" \n\n", r"list.csv is empty"),
        (b"a,b\n", r"a header and no row"),
        (b"a,b\n1,2\n3", r"ends in the middle of line 3.*1 of 2 cells.*Get it once more"),
        (b'a,b\n1,2\n3,"four\n5,6\n', r"opened in the row of line 3 is never closed"),
        (b'a,b\n1,2\n3,"four\n' + b"5,6\n" * 40_000, r"opened in the row of line 3 is never closed"),
        ('a,b\nPeñasco,"Mú'.encode()[:-1], r"ends in the middle of a letter"),
        ("a,b\n1,ñ\n".encode("utf-16")[:-1], r"after line 1: truncated data in utf-16: it was cut off"),
        ("a,b\n1,2\n".encode("utf-16-le"), r"UTF-16 without a mark"),
        (b"\n<!DOCTYPE html><title>504\n Gateway Time-out</title>", r"is a web page, “504 Gateway Time-out”, not a"),
        (b'<?xml version="1.0"?><a/>', r"is XML or HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"old Excel file"),
        (b"%PDF-1.7", r"is a PDF"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_the_way_out(kept: Kept, content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        list(table(kept(content)).rows)
    assert "list.csv" in str(caught.value)


def test_a_renamed_column_is_named_with_what_looks_like_it(kept: Kept) -> None:
    path = kept("AOS Number,Agencies,vendor\n1,2,3\n")
    with pytest.raises(BadFile) as caught:
        table(path, columns=["AOSNUMBER", "Agency", "Vendor", "Summary"])
    said = str(caught.value)
    assert "“AOSNUMBER” (“AOS Number” looks like it), “Agency” (“Agencies” looks like it)" in said
    assert "“Vendor” (“vendor” looks like it), “Summary”. Its header is “AOS Number”" in said


def test_a_delimiter_of_another_kind_is_told_by_the_header(kept: Kept) -> None:
    with pytest.raises(BadFile, match=r"no column “b”. Its header is “a\^b”"):
        table(kept("a^b\n1^2\n"), columns=["b"])


def test_what_is_not_there_is_a_bad_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"gone\.csv cannot be read: No such file"):
        table(tmp_path / "gone.csv")


@pytest.mark.parametrize("start", [b"", b"a,b\n1,2\n", b'a,b\n1,"' + b'2\n","' * 3])
def test_a_line_without_end_takes_no_memory(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(24):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    with pytest.raises(BadFile, match=r"endless\.csv, line \d+: a row has more than 1,048,576 letters"):
        list(table(path).rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12 << 20


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("number,text\n")
        file.writelines(f"{number},{'x' * 900}\n" for number in range(20_000))
    tracemalloc.start()
    assert sum(isinstance(row, Row) for row in table(path).rows) == 20_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20
