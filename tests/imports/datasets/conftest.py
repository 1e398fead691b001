import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes rows as a CSV file: each is `usual` with what is given."""

    def write(usual: Mapping[str, str], *rows: Mapping[str, str], name: str = "list.csv") -> Path:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(usual))
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return path

    return write
