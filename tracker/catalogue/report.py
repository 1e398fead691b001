"""What reading the files has found out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from tracker.catalogue.reading import Node, Problem


@dataclass(frozen=True)
class Reference:
    """A slug that must be the slug of a record of one of the sections `to`."""

    node: Node
    to: tuple[str, ...]
    slug: str


@dataclass
class Report:
    """What reading has found out: problems, and references to look up once everything is read."""

    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def say(self, node: Node, what: str, mend: str = "") -> None:
        """Note a problem at `node`."""
        self.problems.append(node.problem(what, mend))


def closest(word: str, words: Iterable[str]) -> str:
    """“did you mean …?” where one of `words` is near, else all of them if they are few."""
    known = list(words)
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"use one of: {', '.join(known)}" if 0 < len(known) <= 20 else ""
