"""What stands outside the site in a story: a web server that announces, and a mail server that receives."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.local import ports


class Announcements:
    """A web server on loopback. `publish` puts a page up; before that its address answers 404."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.host = f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """The address of a page, published or not."""
        return f"http://{self.host}{path}"

    def publish(self, path: str, title: str, paragraphs: list[str]) -> None:
        """Put a page up, or change it."""
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{html.escape(title)}</title>"
        self.pages[path] = f"{head}<body><main><h1>{html.escape(title)}</h1>{body}</main></body></html>".encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = pages.get(self.path)
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page or b"")))
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *_parts: Any) -> None:
                """A story's page views are no news."""

        return Handler

    @contextmanager
    def open(self) -> Iterator["Announcements"]:
        """Serve while the context lasts."""
        thread = Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class Mailbox:
    """A mail server on loopback that keeps what it is sent, in order."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.port = ports.free()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(  # noqa: N802  # the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """aiosmtpd's hook: keep the message."""
        content = envelope.content
        message = message_from_bytes(
            content if isinstance(content, bytes) else str(content).encode(), policy=policy.default
        )
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 kept"

    def new(self) -> list[EmailMessage]:
        """What came since the last call."""
        came, self.messages[:] = list(self.messages), []
        return came

    @contextmanager
    def open(self) -> Iterator["Mailbox"]:
        """Listen while the context lasts."""
        self._controller.start()
        try:
            yield self
        finally:
            self._controller.stop()


def text_of(message: EmailMessage) -> str:
    """The plain text of a mail."""
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content())
