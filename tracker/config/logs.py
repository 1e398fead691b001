"""Logs: one line an event, and nothing in them that says who visited."""

import re
from collections.abc import MutableMapping
from logging.config import dictConfig
from typing import Any

import structlog

PERSONAL = {"request", "email", "address", "recipient", "ip", "remote_addr", "user", "username", "user_agent"}
# The signs that RFC 5322 allows before the @, but braces and outer quotes, which the text around it has; a quoted
# part may hold anything.
ADDRESS = re.compile(
    r"""(?:"[^"\n]{1,64}"|[\w.!#$%&*+/=?^`|~-]+(?:'[\w.!#$%&*+/=?^`|~-]+)*)@(?:[\w-]+\.[\w.-]+|\[[^\]\s]+\])"""
)
IP = re.compile(
    r"\b(?!127\.)(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f:]*"
    r"|(?<![\w:])(?=[0-9a-f:]*[0-9])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])",  # shortened: 2001:db8::1
    re.IGNORECASE,
)
# The token of a signed link (alerts.links), whole or cut short: who reads a log must not be able to open it.
LINK = re.compile(r"\b[0-9a-f]{32}-\w*-\d{8}(?::[\w-]*)?")


def without_people(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop fields that name a person, and blot out addresses and signed links in the text."""
    for name in PERSONAL & event.keys():
        del event[name]
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = IP.sub("<ip>", ADDRESS.sub("<address>", LINK.sub("<link>", value)))
    return event


def without_the_visitors_mistake(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """No traceback for a wrong address or a bad date: one line says it, and a crawler must not fill the disk."""
    if event.get("logger") == "django.request" and event.get("level") == "warning":
        event.pop("exc_info", None)
    return event


def set_up(*, debug: bool) -> None:
    """Send the standard library's records and structlog's events through the same processors to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        without_the_visitors_mistake,
        structlog.processors.format_exc_info,
        without_people,
        structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "logger", "event"]),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*shared, structlog.stdlib.PositionalArgumentsFormatter()],
        "processors": last,
    }
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"events": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tracker": {"level": "DEBUG" if debug else "INFO"},
            "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of every HEAD, which Django answers as a GET
        },
    }
    dictConfig(config)
