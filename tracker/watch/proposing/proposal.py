"""What a text is thought to say, in the shape of an action's arguments. Plain data; `as_json` is what a Lead
stores.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

# From here on none of 39 proposals from unseen texts was false, and four in five could be accepted as they stood.
CONFIDENT = 0.99


@dataclass(frozen=True)
class Quote:
    """The sentence a field rests on: `text` is exactly `blocks[block][start:end]`."""

    field: str
    text: str
    block: int
    start: int
    end: int


@dataclass(frozen=True)
class ProposedEnd:
    """When it ends. `ends_on` is the first day not covered; `through` when the text names the last day that is.

    `awaits` says of a condition whether it is a "law" or another "event".
    """

    kind: str = "unknown"
    ends_on: str | None = None
    condition: str = ""
    not_before: str | None = None
    through: bool = False
    computed: bool = False
    awaits: str = ""


@dataclass(frozen=True)
class ProposedCarveOut:
    """Somebody or something left out: a known organisation by slug, always the words, and what for."""

    organization: str | None
    words: str
    purpose: str = ""


@dataclass(frozen=True)
class Proposal:
    """One thing that may have been announced.

    `matter` says what it would be a record of: a commitment (moratorium, ban, exit, limit, pledge), a
    partnership
    or a denial. `actor` is a slug where the actor is known; `actor_name` always says who.
    """

    matter: str
    action: str
    kind: str
    nature: str
    actor: str | None
    actor_name: str
    companies: tuple[str, ...]
    commitment: str | None
    products: tuple[str, ...]
    technology: tuple[str, ...]
    covers: str
    declared_on: str | None
    effective_from: str | None
    end: ProposedEnd
    carve_outs: tuple[ProposedCarveOut, ...]
    quotes: tuple[Quote, ...]
    priority: float
    reasons: tuple[str, ...]

    @property
    def queue(self) -> str:
        """In which of the desk's two queues it waits: "confident" or "check", as Lead.Queue has them."""
        return "confident" if self.priority >= CONFIDENT else "check"

    def as_json(self) -> dict[str, Any]:
        """What is stored as the lead's proposal: everything but quotes, priority and reasons, which have
        columns.
        """
        whole: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        for column in ("quotes", "priority", "reasons"):
            del whole[column]
        return whole

    def quotes_json(self) -> list[dict[str, Any]]:
        """The quotes as the lead stores them."""
        return [asdict(quote) for quote in self.quotes]

    def fingerprint(self) -> str:
        """SHA-256 of the proposal: the same one is proposed once per version."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()
