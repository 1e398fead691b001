"""An e-mail of ours: text and HTML, plain headers."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

SUBJECT_LENGTH = 160


def compose(
    address: str,
    subject: str,
    template: str,
    context: dict[str, object],
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """A message from `alerts/email/<template>.txt` and `.html`. No line break reaches the subject."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    message = EmailMultiAlternatives(
        subject=plain if len(plain) <= SUBJECT_LENGTH else plain[: SUBJECT_LENGTH - 1] + "…",
        body=render_to_string(f"alerts/email/{template}.txt", context),
        to=[address],
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    message.attach_alternative(render_to_string(f"alerts/email/{template}.html", context), "text/html")
    return message
