"""One import in a process of its own, as `manage.py import` is one. Prints what it took as JSON."""

import json
import re
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import django

ON, NOW = date(2026, 9, 1), datetime(2026, 9, 1, 12, tzinfo=UTC)


def main(dataset: str, path: Path) -> None:
    """Import the file."""
    django.setup()
    from tracker.imports.actions import import_file
    from tracker.imports.datasets import DATASETS

    began = time.perf_counter()
    report = import_file(DATASETS[dataset](), path, on=ON, now=NOW)
    took = {
        "seconds": time.perf_counter() - began,
        "peak_mb": _peak() / 1e6,
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": len(report.refused_rows),
    }
    sys.stdout.write(json.dumps(took) + "\n")


def _peak() -> int:
    """The most memory that this process ever had, in bytes. (getrusage counts what its parent had before exec.)"""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
