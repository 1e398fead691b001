"""What one look came to, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.watch.kinds.entries import Entry
from tracker.watch.models import Outcome
from tracker.watch.proposing.proposal import Proposal


@dataclass(frozen=True)
class Named:
    """An entry that a list has newly named, and from where to where it stands in the blocks of that list's version."""

    entry: Entry
    first: int
    last: int


@dataclass(frozen=True)
class Finding:
    """An outcome with its reason for an editor, and what is to be written besides the check itself.

    `said` are the blocks of what was answered. `texts` are those of what is told, which may be the answer of the look
    before; `added` the places in it of those that are new, `removed` the blocks that are gone. `memory` is what to
    remember, None to leave it as it is; `named` is what a list has newly named; `since` is when a change was first
    seen. `suspects`: the page seems to have changed (again); a second look follows.
    `asks_whole`: the next answer is needed whole, even if its bytes should be the same.
    """

    outcome: Outcome
    reason: str = ""
    said: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[str, ...] = ()
    since: datetime | None = None
    memory: Mapping[str, Any] | None = None
    proposals: tuple[Proposal, ...] = ()
    named: tuple[Named, ...] = ()
    suspects: bool = False
    asks_whole: bool = False
