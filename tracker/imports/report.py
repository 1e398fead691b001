"""What an import did, or would do."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tracker.imports.rows import Refused

_SAMPLES = 3
_FIGURES = (
    ("rows", "rows", "rows read"),
    ("parted", "further claims", "further claims of rows with several vendors"),
    ("created", "created", "claims created"),
    ("updated", "updated", "records updated"),
    ("unchanged", "unchanged", "records unchanged"),
    ("suggested", "suggested", "differences suggested to editors"),
    ("removed", "removed by an editor", "left out, because an editor removed the record"),
    ("nobody_we_have", "agencies we do not have", "listed agencies that we do not have"),
    ("vanished", "no longer listed", "no longer listed"),
    ("known_otherwise", "known otherwise", "already claimed by another record"),
    ("agencies", "agencies", "agencies created"),
    ("sources", "sources", "sources created"),
)
"""Each figure of a report, how the record of the import names it, and how it is shown."""


@dataclass
class Report:
    """Counts, and for each reason of refusal how often each thing in the file is to blame."""

    rows: int = 0
    parted: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    suggested: int = 0
    removed: int = 0
    nobody_we_have: int = 0
    vanished: int = 0
    known_otherwise: int = 0
    agencies: int = 0
    sources: int = 0
    refused_rows: list[Refused] = field(default_factory=list)
    refused: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    first_lines: dict[str, int] = field(default_factory=dict)
    bad_links: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def accepted(self) -> int:
        """How many rows say something that is on record now, or was before."""
        return self.created + self.updated + self.unchanged + self.known_otherwise

    def refuse(self, row: Refused) -> None:
        """Count a refused row."""
        self.refused_rows.append(row)
        self.refused[row.reason][row.sample] += 1
        self.first_lines.setdefault(row.reason, row.line)

    def counts(self) -> dict[str, object]:
        """For the record of the import."""
        return {
            **{kept: getattr(self, figure) for figure, kept, _ in _FIGURES},
            "refused": {reason: samples.total() for reason, samples in self.refused.items()},
            "links refused": {reason: samples.total() for reason, samples in self.bad_links.items()},
        }

    def lines(self) -> list[tuple[str, int, str]]:
        """What to show: what happened, how often, samples."""
        groups = ", ".join(f"{name} {count}" for name, count in self.groups.most_common(_SAMPLES))
        shown = [(words, getattr(self, figure), groups if figure == "rows" else "") for figure, _, words in _FIGURES]
        for reason, samples in sorted(self.refused.items(), key=lambda item: -item[1].total()):
            shown.append((f"refused: {reason}", samples.total(), f"line {self.first_lines[reason]}; {_some(samples)}"))
        shown += [(f"link refused: {reason}", links.total(), _some(links)) for reason, links in self.bad_links.items()]
        return shown


def _some(samples: Counter[str]) -> str:
    return "; ".join(
        f"{sample[:60]} × {count}" if count > 1 else sample[:60] for sample, count in samples.most_common(_SAMPLES)
    )
