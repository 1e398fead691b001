"""Text, dates, sums, addresses and states as people type them. Pure Python; what is not sure is left alone."""

from tracker.imports.written.dates import american_date, any_date
from tracker.imports.written.links import link, links
from tracker.imports.written.money import money
from tracker.imports.written.states import county_code, state_code
from tracker.imports.written.text import plain

__all__ = ["american_date", "any_date", "county_code", "link", "links", "money", "plain", "state_code"]
