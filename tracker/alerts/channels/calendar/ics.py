"""Entries as iCalendar (RFC 5545), by the icalendar library, which folds and escapes."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event, vText

from tracker.alerts import pulling
from tracker.alerts.channels.calendar.entries import Entry

REFRESH = timedelta(hours=12)


def write(name: str, address: str, entries: Iterable[Entry]) -> bytes:
    """The whole document."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{pulling.host()}//Watchback//EN")
    calendar.add("method", "PUBLISH")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(pulling.writable(name)))  # the library does not know them as text
    calendar.add("source", address, parameters={"VALUE": "URI"})
    for refresh in ("refresh-interval", "x-published-ttl"):
        calendar.add(refresh, REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.days.first)
    event.add("dtend", entry.days.after)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.page)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-days))
        alarm.add("description", entry.summary)
        event.add_component(alarm)
    return event
