"""What an event says, in words: who, what, when, and the sentences that prove it. The same for every channel."""

from tracker.alerts.telling.notices import headline, notice
from tracker.alerts.telling.parts import Notice, Proof
from tracker.alerts.telling.topics import topic

__all__ = ("Notice", "Proof", "headline", "notice", "topic")
