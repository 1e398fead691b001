"""An e-mail service: how a message of ours is known again, and what its answers mean."""

import re
from collections.abc import Mapping

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from anymail.message import AnymailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tracker.alerts.channels import Refused, Unreachable

# Not about this message: our key, our account or the address of the service is wrong, or it has had enough for now.
_NOT_THIS_MESSAGE = frozenset((401, 402, 403, 404, 405, 407, 408, 425, 429))
_UUID = re.compile(r"[0-9a-f-]{36}")
_HOST = re.compile(r"[\w.:-]{1,253}", re.ASCII)


def metadata(message_id: str) -> dict[str, str]:
    """What a service keeps with a message and gives back with its reports, because it may change the Message-ID.

    In two words, because one of them may hold no more than 80 characters.
    """
    delivery, _, site = message_id.strip("<>").partition("@")
    return {"delivery": delivery, "site": site}


def message_id(given_back: Mapping[str, object] | None) -> str:
    """The Message-ID that `metadata` was made of; empty if these are not words of ours."""
    given_back = given_back or {}
    delivery, site = str(given_back.get("delivery", "")), str(given_back.get("site", ""))
    return f"<{delivery}@{site}>" if _UUID.fullmatch(delivery) and _HOST.fullmatch(site) else ""


def hand_over(backend: BaseEmailBackend, message: AnymailMessage) -> None:
    """Send one message. Raises Refused (for good, if the service says so of the address) or Unreachable."""
    try:
        backend.send_messages([message])
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise Refused(_text(error), permanent=True) from error
    except AnymailAPIError as error:
        status = error.status_code or 0
        if not 400 <= status < 500 or status in _NOT_THIS_MESSAGE:
            raise Unreachable(f"the e-mail service: {_text(error)}") from error
        # It may be this message, or a sender that the service does not know yet: that must not fail every row for good
        # and be counted against every address.
        raise Refused(_text(error), permanent=False) from error
    except AnymailError as error:  # it cannot do what we ask: a matter of our set-up
        raise Unreachable(f"the e-mail service: {_text(error)}") from error
    _make_sure(message)


def _make_sure(message: AnymailMessage) -> None:
    """Raises Refused where anymail raised nothing, although the service has not taken the message.

    It reads some refusals by their wording, and takes one that is worded otherwise for an unknown state.
    """
    answer = message.anymail_status
    status = getattr(answer.esp_response, "status_code", 200)
    if status >= 300 or answer.status == {"failed"}:
        raise Refused(f"the e-mail service answered {status} and did not take it", permanent=False)


def _text(error: AnymailError) -> str:
    return " ".join(str(error).split())[:300]
