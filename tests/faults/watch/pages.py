"""What the sites say while they are well, and what the one with news says then."""

# ruff: noqa: E501 - sentences of pages stay on one line

from tests.faults.watch.answers import says
from tests.faults.watch.sites import Answer, Site

POLICY = """\
<h1>How we sell our cameras – and to whom</h1>
<p>Our company’s cameras are sold to towns, transit agencies and stores, and this page says under which terms we sell them.</p>
<p>Every customer signs an agreement that names the places where the cameras are mounted and the people who may see what they record.</p>
<p>We keep recordings for thirty days unless a court orders otherwise; after that they are deleted from all our servers.</p>
<p>Requests for recordings are answered by our legal team in Genève, which publishes how many it has received every six months.</p>
<p>Questions about this page can be sent to the address below, and are answered within two weeks by a person.</p>
"""
NEWS = """\
<p>Amazon announced today that it is implementing a one-year moratorium on police use of Rekognition, its facial recognition technology.</p>
"""
HEALTHY = 10


def page(*parts: str, title: str = "Our policy") -> str:
    """A page of these parts, with the furniture of a site around it."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'
        f"<main>{''.join(parts)}</main><footer><p>© A company</p></footer></body></html>"
    )


def well(number: int = 0) -> Answer:
    """A page that stays as it is: known again by its ETag, or by its bytes."""
    return says(page(POLICY), etag=f'"{number}"' if number % 2 else "")


def with_news() -> Answer:
    """The same page with one paragraph more."""
    return says(page(POLICY, NEWS))


def healthy() -> list[Site]:
    """Ten sites that are well; the last will have news (`with_news`) on the day that others fall ill."""
    return [Site(well(number)) for number in range(HEALTHY)]
