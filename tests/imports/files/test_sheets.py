"""Workbooks, and files that say they are."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.imports.files.conftest import Kept
from tracker.imports.files import Row, table
from tracker.imports.rows import BadFile, Refused

Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a workbook of sheets by name, whatever its file is called."""

    def make(name: str = "list.xlsx", **sheets: list[list[object]]) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        book.close()
        return tmp_path / name

    return make


def altered(path: Path, part: str, content: bytes, *, level: int = 9) -> Path:
    """The same workbook with one part of it replaced."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, old in parts.items():
            archive.writestr(name, old)
    return path


def test_cells_are_read_as_they_are_shown_and_formulas_as_text(made: Made) -> None:
    day = date(2018, 2, 15)
    path = made(
        name="list.csv",
        first=[
            [],
            ["Agency ", "When", "At", "Sum", "On", "Note", None],
            ["Peñasco\u200b PD", day, datetime.combine(day, time(12, 30)), 12.0, True, '=HYPERLINK("x")'],
            [None, None, None, None],
            ["Tucson PD", 2018, None, 1234.5],
        ],
    )
    assert list(table(path, columns=["Agency", "Sum"]).rows) == [
        Row(
            3,
            {
                "Agency": "Peñasco\u200b PD",
                "When": "2018-02-15",
                "At": "2018-02-15 12:30:00",
                "Sum": "12",
                "On": "TRUE",
                "Note": '=HYPERLINK("x")',
            },
        ),
        Row(5, {"Agency": "Tucson PD", "When": "2018", "At": "", "Sum": "1234.5", "On": "", "Note": ""}),
    ]


def test_a_cell_beyond_the_header_makes_the_row_shifted(made: Made) -> None:
    (refused,) = table(made(first=[["a", "b"], [1, 2, 3]])).rows
    assert refused == Refused(
        2, "", "has more cells than the header", "3 cells, not 2", {"a": "1", "b": "2", "column 3": "3"}
    )


def test_the_first_sheet_is_read_and_said_and_another_by_its_name(made: Made) -> None:
    path = made(first=[["a"], [1]], second=[["b"], [2]])
    assert table(path).notes == ("has 2 sheets, of which the first, “first”, was read",)
    assert [row.cells for row in table(path, sheet="second").rows] == [{"b": "2"}]
    with pytest.raises(BadFile, match=r"no sheet “third”. It has “first”, “second”"):
        table(path, sheet="third")


@pytest.mark.parametrize("rows", [[], [["a", "b"]]])
def test_a_sheet_without_rows_is_a_bad_file(made: Made, rows: list[list[object]]) -> None:
    with pytest.raises(BadFile, match=r"list\.xlsx.*the sheet is empty"):
        list(table(made(first=rows)).rows)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/picture.png"])
def test_a_bomb_is_refused_before_it_is_unpacked(made: Made, part: str) -> None:
    path = altered(made(first=[["a"], [1]]), part, b" " * (24 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(BadFile, match=rf"list\.xlsx unpacks to 24 MB out of .*\({part} most\).*Save the sheet as CSV"):
        table(path)


def test_a_sheet_that_lies_about_its_rows_does_not_hold_us_up(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.imports.files.sheets._LAST_ROW", 10_000)
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'
    path = altered(made(first=[["a"], [1]]), "xl/worksheets/sheet1.xml", start + rows + b"</sheetData></worksheet>")
    with pytest.raises(BadFile, match=r"more than 10,000 rows"):
        list(table(path).rows)


def test_entities_that_grow_are_not_followed(made: Made) -> None:
    laughs = "".join(f'<!ENTITY l{level + 1} "{f"&l{level};" * 10}">' for level in range(9))
    sheet = (
        f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    )
    path = altered(made(first=[["a"], [1]]), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(BadFile, match=r"list\.xlsx.*cannot be read"):
        list(table(path).rows)


def test_a_workbook_that_was_cut_off_is_named(made: Made, kept: Kept) -> None:
    whole = made(first=[["a"], *([number] for number in range(1000))]).read_bytes()
    for cut in (len(whole) // 2, len(whole) - 10, 30):
        with pytest.raises(BadFile, match=r"cut\.xlsx was cut off"):
            table(kept(whole[:cut], "cut.xlsx"))


def test_a_part_that_is_broken_is_named_with_its_row(made: Made) -> None:
    path = altered(made(first=[["a"], [1]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")
    with pytest.raises(BadFile, match=r"list\.xlsx.*cannot be read"):
        list(table(path).rows)


def test_another_archive_is_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", "a,b\n1,2\n")
    with pytest.raises(BadFile, match=r"is a packed archive, not a workbook: unpack it first"):
        table(path)
