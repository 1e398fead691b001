"""Records as YAML that a person would write: keys in one order, dates without quotes, lists of words on one line."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from tracker.catalogue.fields import Content, Data, Json
from tracker.catalogue.parts import Children, Evidence
from tracker.catalogue.tables import Table
from tracker.catalogue.watches import Watches

WIDTH = 118
_GUESSED = re.compile(r"(y|n|yes|no|on|off|true|false|null|~)", re.IGNORECASE)
_NUMBER = re.compile(r"-?[\d.]+")


class _Quoted(str):
    """A text that other readers of YAML would take for something else."""


class _Flow(list[Any]):
    """A list on one line."""


class _Dumper(yaml.SafeDumper):
    """Every scalar is a string, so a date needs no quotes; what has several lines keeps them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = {}
_TEXT = "tag:yaml.org,2002:str"
_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar(_TEXT, text, style="|" if "\n" in text else None)
)
_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar(_TEXT, text, style="'"))
_Dumper.add_representer(
    _Flow, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)


def emit(table: Table, content: Content) -> str:
    """One record as an item of its section's list, ending with a line break."""
    options: dict[str, Any] = {
        "allow_unicode": True,
        "width": WIDTH,
        "sort_keys": False,
        "default_flow_style": False,
    }
    return str(yaml.dump([_prepared(table, content)], Dumper=_Dumper, **options))


def _prepared(table: Table, content: Content) -> dict[str, Any]:
    prepared = {}
    for key, one in table.keys.items():
        if key not in content:
            continue
        value = content[key]
        if isinstance(one, Children):
            prepared[key] = [_prepared(one.table, item) for item in value]
        elif isinstance(one, Watches):
            prepared[key] = [_watch(item) for item in value]
        elif isinstance(one, Data):
            prepared[key] = _data(value)
        elif isinstance(one, Evidence) and any(isinstance(item, Mapping) for item in value):
            prepared[key] = [_words(item) for item in value]
        elif isinstance(value, list):
            prepared[key] = _Flow(_words(item) for item in value)
        else:
            prepared[key] = _words(value)
    return prepared


def _watch(value: Mapping[str, Json]) -> dict[str, Any]:
    return {key: _Flow(map(_words, item)) if isinstance(item, list) else _words(item) for key, item in value.items()}


def _words(value: Json) -> Any:
    if isinstance(value, Mapping):
        return {key: _words(item) for key, item in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return _Quoted(value) if isinstance(value, str) and _GUESSED.fullmatch(value) else str(value)


def _data(value: Json) -> Any:
    """As `_words`, where a quoted number is a text. Keys by the alphabet: the database keeps no order."""
    if isinstance(value, Mapping):
        return {key: _data(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return [_data(item) for item in value]
    if value is None:
        return "null"
    return _Quoted(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else _words(value)
