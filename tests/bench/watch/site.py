# ruff: noqa: E501 - pages on one line; the same dice in every run
"""A local site of many pages behind nginx (or `static`, where there is none), which answers true 304s, and pages that make noise at every answer."""

import itertools
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tracker.local import ports

_TEXT = """
camera police vendor promise moratorium city council data record warrant judge policy review reader plate software
agency contract public notice section term year month until after before report meeting vote budget
"""
_WORDS = _TEXT.split()


class NoServer(Exception):
    """The pages are not served."""


def page(number: int, *, edition: int = 0) -> str:
    """A page of some 20 kB; another `edition` says one sentence more."""
    dice = random.Random(number)
    paragraphs = "".join(f"<p>{' '.join(dice.choices(_WORDS, k=60))}.</p>" for _ in range(40))
    news = (
        f"<p>In edition {edition} the vendor says that it will not sell {number} cameras to the police.</p>"
        if edition
        else ""
    )
    head = f"<title>Policy {number}</title>"
    menu = "".join(f'<li><a href="/page-{n}.html">Menu {n}</a></li>' for n in range(30))
    return f"<!doctype html><html><head>{head}</head><body><nav><ul>{menu}</ul></nav><main><h1>Policy {number}</h1>{paragraphs}{news}</main></body></html>"


@contextmanager
def static_site(folder: Path, pages: int) -> Iterator[str]:
    """Serve so many pages from `folder`; yields the address. Raises NoServer."""
    root = folder / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    root.mkdir(parents=True)
    for number in range(pages):
        (root / f"page-{number}.html").write_text(page(number))
    port = ports.free()
    config = folder / "nginx.conf"
    config.write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log {folder}/asked; keepalive_requests 1000000; types {{ text/html html; }}\n"
        f"  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;\n"
        f"  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {root}; }} }}\n"
    )
    binary = _nginx()
    own = [sys.executable, str(Path(__file__).with_name("static.py")), str(folder), str(port)]
    with (folder / "said").open("wb") as said:
        command = own if binary is None else [binary, "-e", f"{folder}/errors", "-c", str(config)]
        serving = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _wait_until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.terminate()
        serving.wait(10)


def server() -> str:
    """What serves the pages."""
    return "nginx" if _nginx() else "a static server of ours, as there is no nginx"


def _nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def _wait_until_open(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise NoServer(f"{server()} does not listen on {port}")


def change(folder: Path, numbers: range, *, edition: int) -> None:
    """Another edition of these pages. The file is replaced in one step, as sites do."""
    for number in numbers:
        path = folder / "pages" / f"page-{number}.html"
        part = path.with_suffix(".part")
        part.write_text(page(number, edition=edition))
        part.replace(path)


def asked(folder: Path) -> int:
    """How many requests there were since `statuses` was last asked."""
    return (folder / "asked").read_bytes().count(b"\n")


def statuses(folder: Path) -> dict[str, int]:
    """How often which status was answered so far; the count begins anew."""
    counted: dict[str, int] = {}
    log = folder / "asked"
    for line in log.read_text().splitlines():
        status = line.split('" ')[1][:3]
        counted[status] = counted.get(status, 0) + 1
    log.write_text("")
    return counted


def _noise() -> dict[str, Callable[[int], str]]:
    text = "<h1>Our policy</h1>" + "".join(
        f"<p>{' '.join(random.Random(n).choices(_WORDS, k=40))}.</p>" for n in range(9)
    )
    items = [f"<li>{' '.join(random.Random(n).choices(_WORDS, k=9))}</li>" for n in range(50, 58)]

    def shuffled(n: int) -> str:
        return f"{text}<ul>{''.join(random.Random(n).sample(items, len(items)))}</ul>"

    return {
        "timestamp": lambda n: f"{text}<p>Generated at 2026-11-24 20:{n % 60:02}:09 UTC</p>",
        "visitor counter": lambda n: f"{text}<p>{12_000 + 7 * n} visitors</p>",
        "shuffled list": shuffled,
        "CSRF field": lambda n: (
            f'{text}<form><input type="hidden" name="csrf" value="{n:032x}"><button>Go</button></form>'
        ),
        "nonce": lambda n: f'<script nonce="{n:024x}">var a = {n};</script>{text}',
        "session link": lambda n: (
            f'{text}<p>See <a href="/more?sid={n:032x}">the longer page about all of this here</a>.</p>'
        ),
    }


NOISE = _noise()


@contextmanager
def noisy_site() -> Iterator[dict[str, str]]:
    """Pages that differ at every answer and never say anything new; yields their addresses by name."""
    counter = itertools.count()
    by_path = {f"/{name.replace(' ', '-')}": make for name, make in NOISE.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            make = by_path.get(self.path)
            body = f"<html><body><main>{make(next(counter))}</main></body></html>".encode() if make else b""
            self.send_response(200 if make else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the answers are counted elsewhere."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        yield {name: f"{base}/{name.replace(' ', '-')}" for name in NOISE}
    finally:
        server.shutdown()
        server.server_close()
