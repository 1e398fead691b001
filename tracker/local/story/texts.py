"""What is announced in the story, in our own words; the article the project began with is read from beside it."""

from pathlib import Path

from django.conf import settings

SEED = "seed/motherboard-2020-06-10.txt"

MORATORIUM = [
    "Amazon said on Wednesday that it will not let the police use Rekognition for one year, a moratorium with an end.",
    (
        "It does not apply to Thorn, Marinus Analytics or the International Center for Missing and Exploited Children, "
        "which may go on using Rekognition to find missing children and trafficked people."
    ),
]
EXTENSION = [
    (
        "Amazon will extend its moratorium on police use of Rekognition, its face recognition software, until "
        "further notice, the company said on Tuesday."
    ),
]
AB_1215 = [
    (
        "The California Legislature has passed AB 1215, and the governor signed it on 8 October 2019. The act bars "
        "law enforcement agencies from using face recognition with body cameras."
    ),
    "It takes effect on 1 January 2020 and is repealed on 1 January 2023.",
]


def article() -> list[str] | None:
    """The paragraphs of the seed article, headline first, or None where it is not beside the project."""
    path = Path(settings.BASE_DIR).parent / "shared" / SEED
    return paragraphs(path) if path.exists() else None


def paragraphs(path: Path) -> list[str]:
    """A text file's paragraphs: what blank lines part."""
    return [block.strip() for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
