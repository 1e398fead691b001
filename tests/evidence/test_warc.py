"""What was fetched leaves as a file that other tools read."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tracker.evidence.actions import know_source, store_snapshot

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BODY = b"<p>Wir verkaufen nichts.</p>"


@pytest.fixture
def snapshots() -> None:
    """A page that was reached over a redirect, the same bytes a day later, and another page."""
    source = know_source("https://example.org/policy", title="Policy", kind="official")
    for day in range(2):
        store_snapshot(
            source,
            fetched_at=NOW + timedelta(days=day),
            final_url="https://www.example.org/policy",
            status=200,
            headers={"content-type": "text/html", "content-encoding": "gzip", "content-length": "5"},
            body=BODY,
            hops=[
                {
                    "url": "https://example.org/policy",
                    "status": 301,
                    "headers": {"location": "https://www.example.org/policy"},
                }
            ],
        )
    other = know_source("https://example.net/", title="Other", kind="official")
    store_snapshot(other, fetched_at=NOW, final_url="https://example.net/", status=200, headers={}, body=b"other")


def records(path: Path) -> list[tuple[str, str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.http_headers.get_statuscode() if record.http_headers else "",
                record.content_stream().read() if record.rec_type != "warcinfo" else b"",
            )
            for record in ArchiveIterator(file)
        ]


def test_every_answer_and_redirect_is_a_record_and_bytes_stand_there_once(snapshots: None, tmp_path: Path) -> None:
    path = tmp_path / "all.warc.gz"
    out = StringIO()
    call_command("warc", "export", str(path), stdout=out)
    assert "4 answers, 1 repeats" in out.getvalue()
    found = records(path)
    assert [(kind, url, status) for kind, url, status, _ in found] == [
        ("warcinfo", "", ""),
        ("response", "https://example.org/policy", "301"),
        ("response", "https://www.example.org/policy", "200"),
        ("response", "https://example.net/", "200"),
        ("response", "https://example.org/policy", "301"),
        ("revisit", "https://www.example.org/policy", "200"),
    ]
    assert found[2][3] == BODY


def test_the_digests_in_the_file_are_right(snapshots: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all.warc.gz"
    call_command("warc", "export", str(path), stdout=StringIO())

    class Asked:
        inputs = (str(path),)
        verbose = True

    checker = Checker(Asked)
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


def test_one_source_since_a_day(snapshots: None, tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    chosen = ("--source", "https://example.org/policy", "--since", "2026-11-25")
    call_command("warc", "export", str(path), *chosen, stdout=StringIO())
    assert [url for _, url, _, _ in records(path)][1:] == [
        "https://example.org/policy",
        "https://www.example.org/policy",
    ]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("out.zip",), "warc.gz"),
        (("out.warc.gz", "--source", "nobody"), "nobody"),
        (("out.warc.gz", "--since", "yesterday"), "yesterday"),
        (("nowhere/out.warc.gz",), "nowhere"),
    ],
)
def test_a_wrong_word_is_named_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, ...], named: str) -> None:
    with pytest.raises(CommandError, match=named):
        call_command("warc", "export", str(tmp_path / arguments[0]), *arguments[1:])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "old.warc.gz"
    path.write_bytes(b"old")
    with pytest.raises(CommandError, match="already"):
        call_command("warc", "export", str(path))
    assert path.read_bytes() == b"old"
