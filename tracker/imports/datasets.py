"""The datasets that the project knows how to read, by the name they are imported under."""

from tracker.imports.atlas import Atlas
from tracker.imports.rows import Dataset

DATASETS: dict[str, type[Dataset]] = {"atlas": Atlas}
