"""One address of every kind of page, with what the web server answers to it."""

from typing import NamedTuple


class Address(NamedTuple):
    """A page's path and status."""

    path: str
    status: int = 200


PAGES = {
    "home": Address("/"),
    "vendors": Address("/vendors/"),
    "vendor amazon": Address("/vendors/amazon/"),
    "vendor ring": Address("/vendors/ring/"),
    "vendor clearview": Address("/vendors/clearview/"),
    "commitments": Address("/commitments/"),
    "commitment indefinite": Address("/commitments/amazon-rekognition-police-moratorium/"),
    "commitment of a past day": Address("/commitments/amazon-rekognition-police-moratorium/?on=2021-03-12"),
    "commitment lapsed": Address("/commitments/ca-ab1215/"),
    "agencies": Address("/agencies/"),
    "agency": Address("/agencies/ice/"),
    "product": Address("/products/rekognition/"),
    "technologies": Address("/technologies/"),
    "technology": Address("/technologies/face-recognition/"),
    "places": Address("/places/"),
    "place": Address("/places/california/"),
    "organization": Address("/organizations/thorn/"),
    "finding": Address("/findings/aclu-congress-2018/"),
    "questions": Address("/questions/"),
    "question": Address("/questions/ice-licence-rekognition/"),
    "evidence": Address("/evidence/"),
    "source": Address("/evidence/amzn-moratorium-2020/"),
    "search": Address("/search/?q=amazon"),
    "about": Address("/about/"),
    "method": Address("/method/"),
    "follow": Address("/subscribe/?topic=organization&slug=amazon"),
    "what you follow": Address("/subscriptions/"),
    "not found": Address("/nothing-here/", 404),
    "bad request": Address("/?on=yesterday", 400),
}
