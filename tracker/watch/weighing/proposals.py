"""From what is new to proposals, with everything known read once for many pages."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from tracker.watch.proposing.known import Known
from tracker.watch.proposing.library import everything_known
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.proposing.propose import propose


class Library:
    """Everything known, read from the database when it is first needed and kept while a round lasts."""

    @cached_property
    def known(self) -> Known:
        """Organisations, products and commitments."""
        return everything_known()

    def proposals(self, texts: Sequence[str], *, published: date, new: Sequence[int]) -> tuple[Proposal, ...]:
        """What the blocks at the places `new` of `texts` may announce, as of the day they were published."""
        if not new:
            return ()
        return tuple(propose(tuple(texts), published=published, known=self.known, new=frozenset(new)))
