"""Looking at watched pages: ask, weigh, record.

The network is asked outside of any transaction; what came of it is weighed and written in one. A machine
never
publishes here: the most it writes is a Lead.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tracker.commitments.lifecycle import Action
from tracker.evidence.actions import know_source, store_snapshot
from tracker.evidence.models import Snapshot, Source
from tracker.organizations.models import Organization
from tracker.watch import fetch
from tracker.watch.asking import charset as charsets
from tracker.watch.asking.outcomes import Failed, Refused, RobotsForbid, Wait
from tracker.watch.models import Check, Lead, Version, Watch
from tracker.watch.proposing.library import everything_known
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.proposing.propose import propose
from tracker.watch.proposing.published import published_on
from tracker.watch.reading.compare import NO_DIFFERENCE, Difference, difference
from tracker.watch.reading.text import EXTRACTOR, Blocks, blocks_of
from tracker.watch.reading.verdicts import Verdict, judge

# How long a claimed check may take before another worker may take it up.
LEASE = timedelta(minutes=15)
_OUTCOMES = {
    Verdict.BLOCKED: Check.Outcome.BLOCKED,
    Verdict.GONE: Check.Outcome.GONE,
    Verdict.ERROR: Check.Outcome.ERROR,
}
_PROMISES = frozenset(action.value for action in Action)


@dataclass(frozen=True)
class Finding:
    """What one look at a page came to, before anything is written."""

    at: datetime
    outcome: Check.Outcome
    reason: str = ""
    answer: fetch.Fetched | None = None
    blocks: Blocks = ()
    change: Difference = NO_DIFFERENCE
    proposals: tuple[Proposal, ...] = ()


@transaction.atomic
def watch_page(
    url: str,
    *,
    organization: Organization | None = None,
    title: str = "",
    every: timedelta = timedelta(days=1),
) -> Watch:
    """Start to watch the page at `url`; the watch there is already, if there is one. Raises ValueError for a
    bad address.
    """
    source = know_source(
        url,
        title=title or url,
        kind=Source.Kind.OFFICIAL,
        publisher=organization.name if organization else "",
    )
    watch, _ = Watch.objects.get_or_create(source=source, defaults={"organization": organization, "every": every})
    return watch


@transaction.atomic
def claim_due(*, now: datetime, limit: int = 500) -> list[int]:
    """The ids of watches to check now, each given to one caller: nobody else is given them before the lease
    ends.
    """
    due = list(Watch.objects.due(now).select_for_update(skip_locked=True)[:limit])
    Watch.objects.filter(pk__in=[watch.pk for watch in due]).update(next_check_at=now + LEASE)
    return [watch.pk for watch in due]


def check(watch: Watch, *, now: datetime, limits: fetch.Limits = fetch.USUAL) -> Check:
    """Look at `watch` at `now` and record what came of it. A second call with the same `now` changes nothing.

    Raises Wait, with nothing recorded but the time of the next try, when the site must not be asked just now.
    """
    done = Check.objects.filter(watch=watch, at=now).first()
    if done is not None:
        return done
    try:
        answer = ask(watch, now=now, limits=limits)
    except Wait as wait:
        Watch.objects.filter(pk=watch.pk).update(next_check_at=now + timedelta(seconds=wait.seconds))
        raise
    with transaction.atomic():
        locked = Watch.objects.select_for_update(of=("self",)).select_related("source").get(pk=watch.pk)
        return _record(locked, weigh(locked, answer, now=now))


def ask(watch: Watch, *, now: datetime, limits: fetch.Limits = fetch.USUAL) -> fetch.Fetched | Failed:
    """What the site answers, or why there is no answer. Raises Wait. Reads and writes nothing here."""
    try:
        return fetch.get(watch.source.url, now=now, etag=watch.etag, last_modified=watch.last_modified, limits=limits)
    except Wait:
        raise
    except Failed as failure:
        return failure


def weigh(watch: Watch, answer: fetch.Fetched | Failed, *, now: datetime) -> Finding:
    """What the answer comes to beside what is known of the page. Writes nothing."""
    if isinstance(answer, Failed):
        refused = isinstance(answer, Refused | RobotsForbid)
        return Finding(now, Check.Outcome.REFUSED if refused else Check.Outcome.ERROR, answer.reason)
    if answer.not_modified:
        return Finding(now, Check.Outcome.UNCHANGED, "the server says so (304)", answer)
    text = answer.text
    blocks = blocks_of(text, answer.content_type)
    judged = judge(status=answer.status, content_type=answer.content_type, blocks=blocks, body_size=len(answer.body))
    if judged.verdict is not Verdict.PAGE:
        return Finding(now, _OUTCOMES[judged.verdict], judged.reason, answer)
    last = watch.versions.select_related("snapshot__body").order_by("-pk").first()
    if last is None and not watch.checks.filter(outcome=Check.Outcome.GONE).exists():
        return Finding(now, Check.Outcome.FIRST, "", answer, blocks)
    # A page that was missing before and is there now is new from its first block to its last.
    change = difference(_blocks_before(last) if last else (), blocks)
    if not change:
        return Finding(now, Check.Outcome.UNCHANGED, "", answer, blocks)
    proposals = _proposals(text, blocks, change, now=now) if change.added else ()
    return Finding(now, Check.Outcome.CHANGED, _in_words(change), answer, blocks, change, proposals)


def _blocks_before(last: Version) -> Blocks:
    """The blocks of the last version as today's extractor reads them: a better extractor is no change of the
    page.
    """
    if last.extractor == EXTRACTOR:
        return tuple(last.blocks)
    snapshot = last.snapshot
    content_type = snapshot.headers.get("content-type", "")
    body = bytes(snapshot.body.content)
    return blocks_of(
        charsets.decode(body, charsets.of(body, content_type)), content_type.partition(";")[0].strip().lower()
    )


def _proposals(text: str, blocks: Blocks, change: Difference, *, now: datetime) -> tuple[Proposal, ...]:
    new = frozenset(added.index for added in change.added)
    found = propose(blocks, published=published_on(text, seen=now.date()), known=everything_known(), new=new)
    # Partnerships and denials are recognised so that they are not taken for promises; they have no queue yet.
    return tuple(one for one in found if one.matter == "commitment" and one.action in _PROMISES)


def _in_words(change: Difference) -> str:
    return f"{len(change.added)} blocks new, {len(change.removed)} gone"


def _record(watch: Watch, finding: Finding) -> Check:
    snapshot = None
    if finding.outcome in (Check.Outcome.FIRST, Check.Outcome.CHANGED) and finding.answer is not None:
        snapshot = _keep(watch, finding.answer, finding.blocks)
        version = _version(watch, snapshot, finding.blocks)
        for proposal in finding.proposals:
            _lead(version, proposal, at=finding.at)
    answered = finding.answer is not None and finding.outcome in (
        Check.Outcome.FIRST,
        Check.Outcome.CHANGED,
        Check.Outcome.UNCHANGED,
    )
    if answered and finding.answer is not None and not finding.answer.not_modified:
        watch.etag, watch.last_modified = finding.answer.etag, finding.answer.last_modified
    watch.verified = watch.verified or answered
    watch.next_check_at = finding.at + watch.every
    watch.save(update_fields=["etag", "last_modified", "verified", "next_check_at"])
    check, _ = Check.objects.get_or_create(
        watch=watch,
        at=finding.at,
        defaults={
            "outcome": finding.outcome,
            "status": finding.answer.status if finding.answer else None,
            "reason": finding.reason,
            "took": timedelta(seconds=finding.answer.seconds) if finding.answer else None,
            "snapshot": snapshot,
        },
    )
    return check


def _keep(watch: Watch, answer: fetch.Fetched, blocks: Blocks) -> Snapshot:
    return store_snapshot(
        watch.source,
        fetched_at=answer.fetched_at,
        final_url=answer.final_url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        text="\n\n".join(blocks),
        extractor=EXTRACTOR,
    )


def _version(watch: Watch, snapshot: Snapshot, blocks: Blocks) -> Version:
    version, _ = Version.objects.get_or_create(
        watch=watch,
        snapshot=snapshot,
        extractor=EXTRACTOR,
        defaults={
            "blocks": list(blocks),
            "blocks_sha256": hashlib.sha256(json.dumps(blocks).encode()).hexdigest(),
        },
    )
    return version


def _lead(version: Version, proposal: Proposal, *, at: datetime) -> None:
    """Propose it, unless this very proposal has been made from this watch before, whatever became of it."""
    fingerprint = proposal.fingerprint()
    if Lead.objects.filter(version__watch_id=version.watch_id, fingerprint=fingerprint).exists():
        return
    Lead.objects.create(
        version=version,
        fingerprint=fingerprint,
        proposal=proposal.as_json(),
        quotes=proposal.quotes_json(),
        priority=proposal.priority,
        reasons=list(proposal.reasons),
        proposed_at=at,
    )
