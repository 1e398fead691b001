"""The importer for a file of anybody's: a mapping says which of its columns means what, and is proposed first."""

from tracker.imports.mapped.dataset import Mapped
from tracker.imports.mapped.likelihood import Reason
from tracker.imports.mapped.mapping import ColumnMapping, DateOrder, DecimalMark, From
from tracker.imports.mapped.proposing import Proposal, propose
from tracker.imports.mapped.reading import read
from tracker.imports.mapped.writing_down import BadMapping, from_yaml, to_yaml

__all__ = [
    "BadMapping",
    "ColumnMapping",
    "DateOrder",
    "DecimalMark",
    "From",
    "Mapped",
    "Proposal",
    "Reason",
    "from_yaml",
    "propose",
    "read",
    "to_yaml",
]
