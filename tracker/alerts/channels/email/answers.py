"""What a mail server's answer means for a message."""

import smtplib
from collections.abc import Callable

from tracker.alerts.channels import Refused, Unreachable


def with_answers(send: Callable[[], object]) -> None:
    """Do `send`. Raises Refused (by its code: 5xx is for good, 4xx for now) or Unreachable."""
    try:
        send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _refusal(code, answer) from error
    except smtplib.SMTPResponseException as error:
        # 421: the server is closing the connection (RFC 5321, 3.8). A refused sender is a matter of our set-up (530:
        # log in first), so it must not fail every row for good.
        if error.smtp_code == 421 or isinstance(error, smtplib.SMTPSenderRefused):
            raise Unreachable(f"{error.smtp_code} {_text(error.smtp_error)}") from error
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server hung up: {error}") from error


def _refusal(code: int, answer: bytes | str) -> Refused:
    return Refused(f"{code} {_text(answer)}", permanent=code >= 500)


def _text(answer: bytes | str) -> str:
    return (answer.decode(errors="replace") if isinstance(answer, bytes) else answer)[:200]
