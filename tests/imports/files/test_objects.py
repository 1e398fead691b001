"""JSON and GeoJSON as tables."""

import json

import pytest

from tests.imports.files.conftest import Kept
from tracker.imports.files import Row, table
from tracker.imports.rows import BadFile, Refused


def test_a_list_in_an_object_is_a_table_with_its_numbers_as_written(kept: Kept) -> None:
    text = (
        '{"count": 2, "entries": [{"id": "a", "sum": 1.50, "archive": {"url": "x", "ok": true}, "of": ["y", "z"]},'
        ' {"id": "b", "sum": -7, "none": null, "deep": [{"k": 1}]}]}'
    )
    read = table(kept(text, "list.json"), columns=["id", "archive.url"])
    assert read.columns == ("id", "sum", "archive.url", "archive.ok", "of", "none", "deep")
    empty = dict.fromkeys(read.columns, "")
    assert list(read.rows) == [
        Row(1, {**empty, "id": "a", "sum": "1.50", "archive.url": "x", "archive.ok": "true", "of": "y; z"}),
        Row(2, {**empty, "id": "b", "sum": "-7", "deep": '[{"k": "1"}]'}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_json_is_read_in_any_encoding_and_under_any_name(kept: Kept, encoding: str) -> None:
    (row,) = table(kept('[{"city": "Peñasco"}]'.encode(encoding), "list.csv")).rows
    assert row == Row(1, {"city": "Peñasco"})


def test_features_have_their_properties_and_the_place_of_points(kept: Kept) -> None:
    point = {"type": "Point", "coordinates": [-110.97, 32.22, 700]}
    area = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"NAME": "Tucson PD"}, "geometry": point},
        {"type": "Feature", "properties": {"NAME": "Pima County", "latitude": "32.1"}, "geometry": area},
        {"type": "Feature", "properties": None, "geometry": None},
        "Yuma",
    ]
    read = table(kept(json.dumps({"type": "FeatureCollection", "features": features}), "list.geojson"))
    cells = [row.cells for row in read.rows]
    assert cells[0] == {"id": "7", "longitude": "-110.97", "latitude": "32.22", "NAME": "Tucson PD"}
    assert cells[1] == {"id": "", "longitude": "", "latitude": "32.1", "NAME": "Pima County"}


def test_an_item_that_is_no_object_and_one_with_no_letters_are_refused(kept: Kept) -> None:
    rows = list(table(kept('[{"a": "1"}, [2], {"a": "x\\u0000"}, {"a": "\\ud800"}]', "list.json")).rows)
    assert [(row.line, row.reason) for row in rows if isinstance(row, Refused)] == [
        (2, "is not an object"),
        (3, "has letters that are none"),
        (4, "has letters that are none"),
    ]
    assert "\0" not in str(rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"error": "not found"}',
            r"should hold one list of objects, and has none: it begins {\"error\": \"not found\"",
        ),
        ('{"a": [{"x": 1}], "b": [{"y": 1}]}', r"has several \(“a”, “b”\)"),
        ("[]", r"an empty list"),
        ("[1, 2]", r"a list without a single object"),
        ('[{"a": 1},\n{"a": "cut', r"no JSON from line 2 on .*it was cut off"),
        ('[{"a": 1},', r"no JSON from line 1 on .*it was cut off"),
        ('[{"a": 1},\n{"a" 2}]', r"no JSON from line 2 on .*mend it there"),
        ('[{"a": ' + "[" * 100_000, r"lists in lists without end"),
        ('[{"b": 1}]', r"no column “agency”"),
        (
            '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:2223"}}, "features": []}',
            r"measures places in EPSG:2223: write it out in degrees",
        ),
    ],
)
def test_what_is_no_table_is_named_with_the_way_out(kept: Kept, text: str, said: str) -> None:
    with pytest.raises(BadFile, match=rf"list\.json.*{said}"):
        table(kept(text, "list.json"), columns=["agency"] if "“agency”" in said else [])
