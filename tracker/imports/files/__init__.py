"""Reading tables out of the files that people keep them in, whatever kind of file it is."""

from tracker.imports.files.kinds import table
from tracker.imports.files.tables import Row, Table

__all__ = ["Row", "Table", "table"]
