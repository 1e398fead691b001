"""The colours can be read: 7:1 for text, 4.5:1 for all else, in both modes."""

import re

import pytest

from tests.conftest import ROOT

CSS = (ROOT / "static/web/tokens.css").read_text()
TEXT = ("ink", "ink-2")
SIGNS = (
    "accent",
    "rule-strong",
    "broken",
    *(
        f"state-{state}"
        for state in ("in-force", "expiring", "lapsed", "ended", "suspended", "superseded", "announced")
    ),
)


def tokens(mode: str) -> dict[str, str]:
    """The colours of a mode, those of light where the mode does not set its own."""
    blocks = {
        "light": CSS.split("@media")[0],
        "dark": CSS.split("@media (prefers-color-scheme: dark)")[1].split("@media")[0],
        "print": CSS.split("@media print")[1],
    }
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks["light"]))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[mode]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_every_colour_can_be_read_on_the_paper_of_its_mode(mode: str) -> None:
    colours = tokens(mode)
    weak = {
        name: contrast(colours[name], colours[paper])
        for name in TEXT
        for paper in ("paper", "paper-2", "mark")
        if contrast(colours[name], colours[paper]) < 7
    }
    weak |= {
        name: contrast(colours[name], colours["paper"])
        for name in SIGNS
        if contrast(colours[name], colours["paper"]) < 4.5
    }
    assert weak == {}
