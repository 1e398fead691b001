"""What is answered about a name: the organisation that is certainly meant, or who might be and why none is certain."""

from dataclasses import dataclass

_MIGHT_BE_IT = 0.9


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant, why, and how like the name is (1: the very name)."""

    pk: int
    reason: str
    likeness: float


@dataclass(frozen=True)
class Meant:
    """`certain` is the organisation meant; None: `why_not` says why, and `candidates` come likeliest first.

    `refused`: the name is nobody's (a test account, an agency among vendors), and none is to be made of it.
    """

    certain: int | None = None
    candidates: tuple[Candidate, ...] = ()
    why_not: str = ""
    refused: bool = False

    @property
    def new(self) -> bool:
        """Whether it is surely somebody whom we do not have: named well, and like nobody we have."""
        return (
            self.certain is None
            and not self.refused
            and all(candidate.likeness < _MIGHT_BE_IT for candidate in self.candidates)
        )


def likeliest(candidates: list[Candidate], most: int = 9) -> tuple[Candidate, ...]:
    """The candidates, each organisation once, likeliest first; nine at most, one for each key."""
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.pk not in best or best[candidate.pk].likeness < candidate.likeness:
            best[candidate.pk] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: (-candidate.likeness, candidate.pk))[:most])
