"""What an import did, or would do."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tracker.imports.rows import Refused

_SAMPLES = 3


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
            "rows": self.rows,
            "further claims": self.parted,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "suggested": self.suggested,
            "removed by an editor": self.removed,
            "agencies we do not have": self.nobody_we_have,
            "no longer listed": self.vanished,
            "known otherwise": self.known_otherwise,
            "agencies": self.agencies,
            "sources": self.sources,
            "refused": {reason: samples.total() for reason, samples in self.refused.items()},
            "links refused": {reason: samples.total() for reason, samples in self.bad_links.items()},
        }

    def lines(self) -> list[tuple[str, int, str]]:
        """What to show: what happened, how often, samples."""
        shown = [
            (
                "rows read",
                self.rows,
                ", ".join(f"{name} {count}" for name, count in self.groups.most_common(_SAMPLES)),
            ),
            ("further claims of rows with several vendors", self.parted, ""),
            ("claims created", self.created, ""),
            ("records updated", self.updated, ""),
            ("records unchanged", self.unchanged, ""),
            ("differences suggested to editors", self.suggested, ""),
            ("left out, because an editor removed the record", self.removed, ""),
            ("listed agencies that we do not have", self.nobody_we_have, ""),
            ("no longer listed", self.vanished, ""),
            ("already claimed by another record", self.known_otherwise, ""),
            ("agencies created", self.agencies, ""),
            ("sources created", self.sources, ""),
        ]
        for reason, samples in sorted(self.refused.items(), key=lambda item: -item[1].total()):
            shown.append((f"refused: {reason}", samples.total(), f"line {self.first_lines[reason]}; {_some(samples)}"))
        shown += [(f"link refused: {reason}", links.total(), _some(links)) for reason, links in self.bad_links.items()]
        return shown


def _some(samples: Counter[str]) -> str:
    return "; ".join(
        f"{sample[:60]} × {count}" if count > 1 else sample[:60] for sample, count in samples.most_common(_SAMPLES)
    )
