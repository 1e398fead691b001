"""A mapping as a YAML file that people write and keep, and back, with every slip named by its line and field."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

from tracker.imports.mapped.mapping import (
    FIELDS,
    STATUSES,
    TOLD,
    ColumnMapping,
    DateOrder,
    DecimalMark,
    From,
)

_KINDS = {"date_order": DateOrder, "decimal_mark": DecimalMark}
_KEYS = ("column", "columns", "constant", "words")
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_LARGEST = 200_000


class BadMapping(ValueError):
    """A file that is no mapping. `problems` names each slip with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def to_yaml(mapping: ColumnMapping) -> str:
    """The mapping as YAML, with what it does not say left out."""
    told: dict[str, Any] = {name: str(getattr(mapping, name)) for name in TOLD if getattr(mapping, name)}
    for name, origin in mapping.mapped():
        told[name] = dict(_written(origin))
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def _written(origin: From) -> Iterator[tuple[str, object]]:
    if origin.constant:
        yield "constant", origin.constant
    elif len(origin.columns) == 1:
        yield "column", origin.columns[0]
    else:
        yield "columns", list(origin.columns)
    if origin.words:
        yield "words", dict(origin.words)


def from_yaml(text: str, name: str = "mapping.yaml") -> ColumnMapping:
    """The mapping that a YAML file called `name` writes. Raises BadMapping, with every slip, for anything else.

    `vendor: Supplier` is short for `vendor: {column: Supplier}`.
    """
    if len(text) > _LARGEST:
        raise BadMapping([f"{name} has {len(text)} characters: is it the data, not the mapping?"])
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadMapping([f"{name}, line {line}: not valid YAML: {error.problem or 'cannot be read'}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadMapping([f"{name}: not valid YAML: {error}"]) from error
    if not isinstance(root, yaml.MappingNode):
        raise BadMapping([f"{name}, line 1: a mapping is written as lines of “field: column”"])
    return _Reading(name, []).mapping(root)


@dataclass
class _Reading:
    file: str
    problems: list[str]

    def mapping(self, root: yaml.MappingNode) -> ColumnMapping:
        given: dict[str, Any] = {}
        for name, key, value in self._pairs(root, (*TOLD, *FIELDS), "field"):
            given[name] = self._origin(name, value) if name in FIELDS else self._told(name, key, value)
        if self.problems:
            raise BadMapping(self.problems)
        return ColumnMapping(**given)

    def _pairs(
        self, node: yaml.MappingNode, known: tuple[str, ...], what: str
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                self._say(key, f"“{name}” stands twice")
            elif known and name not in known:
                near = get_close_matches(name, known, 1)
                self._say(key, f"“{name}” is no {what}" + (f"; did you mean “{near[0]}”?" if near else _one_of(known)))
            else:
                seen.add(name)
                yield name, key, value

    def _told(self, name: str, key: yaml.Node, value: yaml.Node) -> object:
        text = self._text(name, value)
        kind = _KINDS.get(name)
        if kind is None or not text:
            return None if kind else text
        try:
            return kind(text)
        except ValueError:
            self._say(key, f"{name}: “{text}” is not one of {', '.join(kind)}")
            return None

    def _origin(self, name: str, node: yaml.Node) -> From:
        if isinstance(node, yaml.ScalarNode):
            return From(columns=tuple(filter(None, (node.value,))))
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f"{name}: write {{column: …}}, {{columns: [… , …]}} or {{constant: …}}")
            return From()
        found = {key: value for key, _, value in self._pairs(node, _KEYS, f"way to say where “{name}” comes from")}
        if len(found.keys() - {"words"}) != 1:
            self._say(node, f"{name}: needs one of column, columns and constant")
        columns = [self._text(name, found["column"])] if "column" in found else self._texts(name, found.get("columns"))
        constant = self._text(name, found["constant"]) if "constant" in found else ""
        words = self._words(name, found["words"]) if "words" in found else {}
        if name == "status" and constant and constant not in STATUSES:
            self._say(found["constant"], f"status: “{constant}” is not one of {', '.join(STATUSES)}")
        return From(tuple(filter(None, columns)), constant, words)

    def _words(self, name: str, node: yaml.Node) -> dict[str, str]:
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f"{name}: words are written as {{what the cell says: what it means}}")
            return {}
        words = {}
        for word, key, value in self._pairs(node, (), "word"):
            words[word] = self._text(name, value)
            if name == "status" and words[word] and words[word] not in STATUSES:
                self._say(key, f"status: “{words[word]}” is not one of {', '.join(STATUSES)}")
        return words

    def _texts(self, name: str, node: yaml.Node | None) -> list[str]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._say(node, f"{name}: columns are written as a list: [Link 1, Link 2]")
            return []
        return [self._text(name, one) for one in node.value]

    def _text(self, name: str, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._say(node, f"{name}: this must be a text")
        return ""

    def _say(self, node: yaml.Node, what: str) -> None:
        self.problems.append(f"{self.file}, line {node.start_mark.line + 1}: {what}")


def _one_of(known: tuple[str, ...]) -> str:
    return f"; there are {', '.join(known)}"
