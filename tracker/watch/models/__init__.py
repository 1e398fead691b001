"""What is looked at, what was found there, and what it may mean."""

from tracker.watch.models.leads import Lead
from tracker.watch.models.pages import Article, Memory, Ruling, Version
from tracker.watch.models.watches import WORKED, Check, Outcome, Report, Watch

__all__ = ["WORKED", "Article", "Check", "Lead", "Memory", "Outcome", "Report", "Ruling", "Version", "Watch"]
