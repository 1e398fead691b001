"""Secrets and signatures, as Standard Webhooks writes them."""

import base64
import secrets
from datetime import datetime

from standardwebhooks import Webhook

from tracker.alerts.models import Endpoint

_BYTES = 32  # the standard asks for 24 to 64


def new_secret() -> str:
    """A secret nobody has had before."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_BYTES)).decode()}"


def headers(endpoint: Endpoint, webhook_id: str, body: str, *, at: datetime) -> dict[str, str]:
    """The three headers of a message sent `at` that moment. While secrets are changed, both sign."""
    keys = [endpoint.secret]
    if endpoint.former_until is not None and at < endpoint.former_until:
        keys.append(endpoint.former_secret)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(webhook_id, at, body) for key in keys),
    }
