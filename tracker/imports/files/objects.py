"""JSON and GeoJSON: a list of objects is a table, its columns are all keys that any of them has."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.imports.files.letters import Letters
from tracker.imports.files.tables import NO_TEXT, Row, Table, refused, require
from tracker.imports.rows import BadFile, Refused
from tracker.imports.written import plain

_MOST = 64 << 20
"""A JSON file is read as a whole, and takes some times its size in memory."""
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")

Cells = dict[str, str]


def objects(path: Path, how: Letters, columns: Collection[str]) -> Table:
    """The table in the file: its list of objects, or the one list of them that its object holds.

    What lies deeper has a name like “archive.url”; a list of words is joined by “; ”. The features of a GeoJSON have
    their properties, and `longitude` and `latitude` where they are points. Raises BadFile for anything else.
    """
    if path.stat().st_size > _MOST:
        raise BadFile(f"{path.name} has more than {_MOST >> 20} MB: JSON is read as a whole. Write it out as CSV.")
    try:
        items = _table(path.name, _read(path, how))
    except RecursionError as error:
        raise BadFile(f"{path.name} has lists in lists without end: it is no table.") from error
    names = tuple(dict.fromkeys(key for item in items if item for key in item))
    if not names:
        raise BadFile(f"{path.name} has a list without a single object in it.")
    require(path.name, names, columns)
    return Table(path.name, names, _rows(names, items), how.notes)


def _table(name: str, read: object) -> list[Cells | None]:
    """The cells of each item; None for what is no object."""
    if isinstance(read, dict) and read.get("type") == "FeatureCollection":
        _in_degrees(name, read)
        return [_feature(each) for each in _listed(name, read.get("features"))]
    return [_flat(each) if isinstance(each, dict) else None for each in _items(name, read)]


def _read(path: Path, how: Letters) -> object:
    try:
        text = path.read_text(encoding=how.encoding, errors=how.errors)
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)  # numbers as they are written
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name}: {error.reason} in {how.encoding}: it was cut off. Get it once more.") from error
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip() or "Unterminated" in error.msg
        way = "it was cut off. Get it once more" if cut else "mend it there, or write it out anew"
        raise BadFile(f"{path.name} is no JSON from line {error.lineno} on ({error.msg}): {way}.") from error


def _items(name: str, read: object) -> list[object]:
    if isinstance(read, list):
        return _listed(name, read)
    lists = {key: each for key, each in read.items() if _is_table(each)} if isinstance(read, dict) else {}
    if len(lists) != 1:
        has = f"several ({', '.join(f'“{key}”' for key in lists)})" if lists else f"none: it begins {_begins(read)}"
        raise BadFile(f"{name} should hold one list of objects, and has {has}.")
    return _listed(name, *lists.values())


def _is_table(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _begins(read: object) -> str:
    return json.dumps(read, ensure_ascii=False)[:80]


def _listed(name: str, value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise BadFile(f"{name} has an empty list: nothing was found, or it was cut off.")
    return value


def _rows(names: tuple[str, ...], items: list[Cells | None]) -> Iterator[Row | Refused]:
    for line, item in enumerate(items, start=1):
        if item is None:
            yield refused(line, "is not an object", f"item {line}")
            continue
        cells = {name: item.get(name, "") for name in names}
        if NO_TEXT.search("".join(cells.values())):
            yield refused(line, "has letters that are none", f"item {line}", names, tuple(cells.values()))
        else:
            yield Row(line, cells)


def _flat(item: Mapping[str, Any], under: str = "") -> Cells:
    cells: Cells = {}
    for key, value in item.items():
        name = f"{under}{plain(key)}"
        if isinstance(value, dict):
            cells |= _flat(value, f"{name}.")
        else:
            cells[name] = _cell(value)
    return cells


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(each, str) for each in value):
            return "; ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _feature(feature: object) -> Cells | None:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return None
    cells = {"longitude": "", "latitude": ""} | _flat(feature.get("properties") or {})
    if "id" in feature:
        cells = {"id": _cell(feature["id"])} | cells
    match feature.get("geometry"):  # of an area no point is sure
        case {"type": "Point", "coordinates": [str(longitude), str(latitude), *_]}:
            cells |= {"longitude": longitude, "latitude": latitude}
    return cells


def _in_degrees(name: str, collection: Mapping[str, Any]) -> None:
    match collection.get("crs"):
        case {"properties": {"name": str(system)}} if not system.endswith(_WGS84):
            raise BadFile(f"{name} measures places in {system[:60]}: write it out in degrees (WGS 84).")
