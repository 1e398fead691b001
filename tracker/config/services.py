"""E-mail services that mail can go out through, by django-anymail, and what each must be told.

Listed are those that anymail supports without a further package, that carry a word of ours with a message, and that
report what came back. For another one (Amazon SES, SendGrid, which anymail has given up) use its SMTP address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Service:
    """`needs`: settings without which it cannot be used. `takes`: further ones.

    `untracked`: one message can be told not to be tracked; elsewhere tracking is switched off in the account.
    """

    needs: tuple[str, ...] = ("api_key",)
    takes: tuple[str, ...] = ()
    untracked: bool = True
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


SERVICES = {
    "brevo": Service(untracked=False),
    "mailgun": Service(takes=("sender_domain", "webhook_signing_key")),
    "mailjet": Service(needs=("api_key", "secret_key")),
    "mailtrap": Service(needs=("api_token",), takes=("tracking_secret",), untracked=False),
    "mandrill": Service(needs=("api_key", "webhook_key"), takes=("webhook_url",)),
    # It puts a Message-ID of its own in place of ours unless it is told to keep it.
    "postmark": Service(needs=("server_token",), takes=("message_stream",), headers={"X-PM-KeepID": "true"}),
    "resend": Service(untracked=False),
    "sparkpost": Service(takes=("subaccount",)),
    "unisender_go": Service(needs=("api_key", "api_url")),
}


def anymail(name: str, given: Mapping[str, str], webhook_secret: str, timeout: int) -> dict[str, Any]:
    """Django's ANYMAIL setting for this service. Nobody is watched reading: neither opening nor clicking is tracked."""
    service = SERVICES[name]
    defaults: dict[str, Any] = {"track_opens": False, "track_clicks": False} if service.untracked else {}
    if service.headers:
        defaults["extra_headers"] = dict(service.headers)
    return {
        **{f"{name}_{key}".upper(): value for key, value in given.items()},
        "WEBHOOK_SECRET": webhook_secret,
        "REQUESTS_TIMEOUT": timeout,
        "SEND_DEFAULTS": defaults,
    }
