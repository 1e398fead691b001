"""A mapping is a file that people write: what it says comes back the same, and a slip is named by line and field."""

import pytest

from tests.conftest import ROOT
from tracker.imports.mapped import BadMapping, ColumnMapping, DateOrder, From, from_yaml, to_yaml
from tracker.imports.mapped.mapping import FIELDS, STATUSES, TOLD
from tracker.partnerships.models import Partnership

WRITTEN = """\
name: Cameras of California
url: https://example.org/cameras
licence: CC BY 4.0
date_order: day first
multi_vendor_separator: ;
vendor: Supplier
agency: {column: Dept}
state: {constant: CA}
technology: {column: Tech, words: {ALPR: plate-reader, Bicycles: ""}}
status: {column: Status, words: {Dropped: ended}}
started: {column: 2020}
link: {columns: [Link 1, Link 2]}
"""


def test_what_is_written_is_read_and_written_again_the_same() -> None:
    mapping = from_yaml(WRITTEN)
    assert mapping == ColumnMapping(
        name="Cameras of California",
        url="https://example.org/cameras",
        licence="CC BY 4.0",
        date_order=DateOrder.DAY_FIRST,
        multi_vendor_separator=";",
        vendor=From(("Supplier",)),
        agency=From(("Dept",)),
        state=From(constant="CA"),
        technology=From(("Tech",), words={"ALPR": "plate-reader", "Bicycles": ""}),
        status=From(("Status",), words={"Dropped": "ended"}),
        started=From(("2020",)),
        link=From(("Link 1", "Link 2")),
    )
    assert from_yaml(to_yaml(mapping)) == mapping
    assert mapping.lacks() == []


@pytest.mark.parametrize(
    ("written", "slip"),
    [
        ("name: a\nvendr: Supplier", "mapping.yaml, line 2: “vendr” is no field; did you mean “vendor”?"),
        ("vendor: {colum: Supplier}", "line 1: “colum” is no way to say where “vendor” comes from"),
        ("vendor: {words: {a: b}}", "line 1: vendor: needs one of column, columns and constant"),
        ("vendor:\n  column: A\n  constant: B", "line 2: vendor: needs one of"),
        ("vendor: [A, B]", "line 1: vendor: write {column"),
        ("link: {columns: A}", "line 1: link: columns are written as a list"),
        ("vendor: {column: [A]}", "line 1: vendor: this must be a text"),
        ("status: {column: A, words: {x: over}}", "line 1: status: “over” is not one of reported, confirmed"),
        ("status: {constant: over}", "line 1: status: “over” is not one of"),
        ("status: {column: A, words: [x]}", "line 1: status: words are written as"),
        ("date_order: year first", "line 1: date_order: “year first” is not one of month first, day first"),
        ("name: a\nname: b", "line 2: “name” stands twice"),
        ("name: {a: b}", "line 1: name: this must be a text"),
        ("a: [b}", "line 1: not valid YAML"),
        ("- a", "line 1: a mapping is written as lines"),
        ("", "line 1: a mapping is written as lines"),
        ("name: \x00", "not valid YAML"),
        ("a" * 300_000, "is it the data, not the mapping?"),
    ],
)
def test_a_slip_is_named_by_its_line_and_field(written: str, slip: str) -> None:
    with pytest.raises(BadMapping) as caught:
        from_yaml(written)
    assert slip in str(caught.value)


def test_all_slips_are_named_at_once() -> None:
    with pytest.raises(BadMapping) as caught:
        from_yaml("vendr: A\nagency: [B]\ndate_order: c")
    assert len(caught.value.problems) == 3


def test_the_statuses_and_fields_are_those_of_the_database_and_of_a_form() -> None:
    assert set(STATUSES) == set(Partnership.Status.values)
    assert "vendor" in FIELDS
    assert "date_order" in TOLD


def test_the_example_in_the_documentation_is_a_complete_mapping_of_fields_that_it_describes() -> None:
    told = (ROOT / "docs/importing.md").read_text()
    mapping = from_yaml(told.split("```yaml\n")[1].split("```")[0])
    assert mapping.lacks() == []
    assert [name for name in (*TOLD, *FIELDS) if f"`{name}`" not in told and f"\n{name}:" not in told] == []
