"""What a listing says of an entry beside its headline."""

from lxml import etree

from tracker.watch.kinds.anchors import Anchor
from tracker.watch.kinds.days import day_in
from tracker.watch.kinds.headlines import is_button, words_of
from tracker.watch.reading.text import blocks_of

_LONGEST_BOX = 20_000
_FEWEST_WORDS = 6


def teaser(box: etree._Element, anchor: Anchor) -> str:
    """The sentences in the box of an entry, without its headline, its day and its buttons."""
    html = etree.tostring(box, encoding="unicode", method="html", with_tail=False)
    if len(html) > _LONGEST_BOX:
        return ""
    kept = []
    for block in blocks_of(html):
        said = block.replace(anchor.title, " ", 1).strip()
        stamp = len(said) < 60 and day_in(said) is not None
        if said and not stamp and not is_button(said) and words_of(said) >= _FEWEST_WORDS:
            kept.append(said)
    return "\n\n".join(kept)
