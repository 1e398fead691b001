"""How a measurement is taken and shown."""

import time
from collections.abc import Callable

from rich.table import Table


def seconds(step: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def right(table: Table) -> Table:
    """Title to the left, figures to the right."""
    table.title_justify = "left"
    for column in table.columns[1:]:
        column.justify = "right"
    return table
