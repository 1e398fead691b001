"""YAML files as trees that know their lines. Only what a person would write by hand is taken.

Every scalar is a string here: YAML's own guesses (2020-06-10 a date, no a falsehood, 2020 a number) would lose
what was written. Tags, anchors and a key given twice are refused.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_INVISIBLE = {0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD}


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a file, on which line, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" + (f"; {self.mend}" if self.mend else "")


@dataclass(frozen=True)
class Node:
    """A value as written: a string, a list or a mapping, and where. A mapping's value has the line of its key."""

    file: str
    line: int
    value: "str | list[Node] | dict[str, Node]"
    quoted: bool = False

    def problem(self, what: str, mend: str = "") -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, what, mend)

    def at(self, key: str) -> "Node":
        """The value under `key`, or this node itself where it has none: the best line to point at."""
        return self.value.get(key, self) if isinstance(self.value, dict) else self

    @property
    def kind(self) -> str:
        """What it is, in the words of a message."""
        return {str: "a text", list: "a list", dict: "a group of keys"}[type(self.value)]


@dataclass
class _Converter:
    file: str
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def convert(self, node: yaml.Node, line: int | None = None) -> Node:
        line = line or node.start_mark.line + 1
        if id(node) in self.seen:
            self._say(node, "an alias (*name) repeats another value", "write the value out")
            return Node(self.file, line, "")
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._say(node, f"the tag “{node.tag.replace('tag:yaml.org,2002:', '!!')}” is not allowed", "delete it")
        if isinstance(node, yaml.MappingNode):
            return Node(self.file, line, self._mapping(node))
        if isinstance(node, yaml.SequenceNode):
            return Node(self.file, line, [self.convert(item) for item in node.value])
        scalar = cast(yaml.ScalarNode, node)
        return Node(self.file, line, self._text(scalar), quoted=scalar.style in ("'", '"'))

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._say(key, "a key must be a word", "write it as “key: value”")
                continue
            if key.value in found:
                self._say(key, f"“{key.value}” stands twice in one record", "keep one of them")
            found[key.value] = self.convert(value, key.start_mark.line + 1)
        return found

    def _text(self, node: yaml.ScalarNode) -> str:
        text: str = node.value
        for character in set(text):
            if ord(character) in _INVISIBLE or (ord(character) < 32 and character not in "\n\t"):
                self._say(node, f"an invisible character U+{ord(character):04X} is in the text", "delete it")
        return text

    def _say(self, node: yaml.Node, what: str, mend: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, what, mend))


def read(content: bytes, name: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML file called `name`, None if it is empty or unreadable; and what is wrong with it."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Problem(name, line, "the file is not UTF-8 text", "save it as UTF-8 in your editor")]
    try:
        root = yaml.compose(text, Loader=_LOADER)
        converter = _Converter(name)
        return (converter.convert(root) if root is not None else None), converter.problems
    except RecursionError:
        return None, [Problem(name, 1, "lists or groups of keys are nested too deep", "see README.md for the format")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        about = error.problem or "cannot be read"
        return None, [
            Problem(
                name,
                mark.line + 1 if mark else 1,
                f"not valid YAML: {about}",
                "look at the indentation and the quotes",
            )
        ]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        return None, [Problem(name, line, f"not valid YAML: {error.reason}", "delete the character")]


def files(folder: Path) -> dict[str, bytes]:
    """The YAML files under `folder`, by their names relative to it, in order."""
    found = (path for path in folder.rglob("*.yaml") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}
