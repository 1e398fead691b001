"""What a page said, as a version; and the leads of what is new in it, each proposed once."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tracker.evidence.models import Snapshot
from tracker.watch.asking.places import host_of
from tracker.watch.finding import Finding
from tracker.watch.models import Lead, Outcome, Version, Watch
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.reading.noise import words
from tracker.watch.reading.page import EXTRACTOR

# The same words that appear on many pages of a site within so many days are told once.
SAME_CHANGE = timedelta(days=7)
SAME_PROPOSAL = timedelta(days=60)


def write(watch: Watch, snapshot: Snapshot, found: Finding) -> Version:
    """The version of `snapshot`, written once. A change that another page of the site told before points to it."""
    change = _change_sha256(found) if found.outcome == Outcome.CHANGED else ""
    version, _ = Version.objects.get_or_create(
        watch=watch,
        snapshot=snapshot,
        extractor=EXTRACTOR,
        defaults={
            **as_blocks(found.texts),
            "added": list(found.added),
            "removed": list(found.removed),
            "change_sha256": change,
            "same_as": _told_before(watch, change, snapshot.fetched_at) if change else None,
        },
    )
    return version


def as_blocks(texts: Sequence[str]) -> dict[str, Any]:
    """The columns of a version that hold its blocks."""
    return {"blocks": list(texts), "blocks_sha256": hashlib.sha256(json.dumps(texts).encode()).hexdigest()}


def propose(version: Version, proposals: Sequence[Proposal], *, at: datetime) -> None:
    """Make leads of them, except where the same change or the same proposal has been made, whatever became of it."""
    if version.same_as_id is not None:
        return
    for proposal in proposals:
        fingerprint = proposal.fingerprint()
        if not _proposed_before(version.watch, fingerprint, at):
            Lead.objects.create(
                version=version,
                fingerprint=fingerprint,
                proposal=proposal.as_json(),
                quotes=proposal.quotes_json(),
                queue=proposal.queue,
                priority=proposal.priority,
                reasons=list(proposal.reasons),
                proposed_at=at,
            )


def _change_sha256(found: Finding) -> str:
    added = sorted(words(found.texts[place]) for place in found.added)
    removed = sorted(map(words, found.removed))
    return hashlib.sha256(json.dumps([added, removed]).encode()).hexdigest()


def _told_before(watch: Watch, change: str, at: datetime) -> Version | None:
    others = (
        Version.objects.filter(change_sha256=change, same_as=None, snapshot__fetched_at__range=(at - SAME_CHANGE, at))
        .exclude(watch=watch)
        .select_related("watch__source")
        .order_by("pk")
    )
    return next((one for one in others if _same_site(one.watch, watch)), None)


def _same_site(one: Watch, other: Watch) -> bool:
    same_owner = one.organization_id is not None and one.organization_id == other.organization_id
    return same_owner or host_of(one.source.url) == host_of(other.source.url)


def _proposed_before(watch: Watch, fingerprint: str, at: datetime) -> bool:
    """Of this watch at any time; of another watch of the same organisation lately."""
    same = Lead.objects.filter(fingerprint=fingerprint)
    if same.filter(version__watch=watch).exists():
        return True
    if watch.organization_id is None:
        return False
    lately = same.filter(proposed_at__gte=at - SAME_PROPOSAL)
    return lately.filter(version__watch__organization=watch.organization_id).exists()
