"""The blocks of a page as texts alone, for who needs nothing of their place."""

from tracker.watch.reading.page import EXTRACTOR as EXTRACTOR
from tracker.watch.reading.page import read

Blocks = tuple[str, ...]


def blocks_of(text: str, content_type: str = "text/html") -> Blocks:
    """The texts of `read`, in the page's order."""
    return read(text, content_type).texts
