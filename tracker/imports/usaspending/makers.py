"""Whose product an award buys, where its description names it. Pure Python; a name that may mean more is no name.

Left out on purpose: Clearview alone (also a tool of Kharon's), Falcon, Paragon and Chef alone (drones, guards, cooks),
LexisNexis alone (RELX sells its law library under it), Taser and Motorola (holsters and headsets “for” them).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_NOT_ITS_OWN = re.compile(r"\b(LAPTOPS?|COMPUTERS?|WORKSTATIONS?|CABLES?|CASES|HEADSETS?) FOR\b")
"""Something else, for use with it."""
_NOT_THE_PLATFORM = re.compile(
    r"\b(PROFESSIONAL|PROSERV|CONSULT|SUPPORT SERVICES|TECH(NICAL)? SUPPORT|TRAINING|MIGRAT|DEVELOPMENT"
    r"|ENTERPRISE SERVICES|SAILPOINT|CISCO|SHAREPOINT)"
)
"""Work on a platform, or somebody else's product for it, is not bought of the platform's maker."""


@dataclass(frozen=True)
class Maker:
    """A maker, or the owner of the data that is sold; the words that name it, and those with which it sells itself."""

    name: str
    technology: str
    technology_name: str
    said: re.Pattern[str]
    itself: re.Pattern[str]
    product: str = ""
    role: str = "maker"
    platform: bool = False


def _maker(name: str, technology: tuple[str, str], said: str, itself: str, product: str = "") -> Maker:
    return Maker(name, *technology, re.compile(rf"\b(?:{said})\b"), re.compile(rf"\b{itself}\b"), product)


_PHONES = ("phone-extraction", "Phone extraction")
_POSTS = ("social-media-monitoring", "Social media monitoring")
_BROKER = ("data-broker", "Data brokerage")
_HOSTING = ("hosting", "Cloud hosting")
_SOFTWARE = ("software", "Software")
_PLATES = ("plate-reader", "Licence-plate readers")
_TAPPING = ("intercept-and-analysis", "Interception")

MAKERS = (
    _maker("Cellebrite", _PHONES, "(?:CELLEBRITE|UFED)S?", "CELLEBRITE", "cellebrite-ufed"),
    # USAspending itself gives Grayshift's awards of 2021 to Magnet Forensics, LLC, as it is called today.
    _maker("Magnet Forensics", _PHONES, "(?:GRAYKEYS?|GRAYSHIFT)", "MAGNET FORENSICS", "magnet-graykey"),
    _maker("Magnet Forensics", ("", ""), "MAGNET (?:AXIOM|FORENSICS)", "MAGNET FORENSICS"),
    _maker("MSAB", _PHONES, "(?:MSAB|XRY)", "MSAB"),
    _maker("Oxygen Forensics", _PHONES, "OXYGEN FORENSICS?", "OXYGEN FORENSICS"),
    _maker("Babel Street", _POSTS, "BABEL (?:STREET|X)", "BABEL STREET", "babel-x"),
    _maker("Giant Oak", _POSTS, "GIANT OAK", "GIANT OAK", "giant-oak-gost"),
    _maker("Skopenow", _POSTS, "SKOPENOW", "SKOPENOW", "skopenow-platform"),
    _maker("ShadowDragon", _POSTS, "(?:SHADOW ?DRAGON|SOCIALNET)", "SHADOWDRAGON"),
    _maker("Fivecast", _POSTS, "FIVECAST", "FIVECAST"),
    _maker("Dataminr", _POSTS, "DATAMINR", "DATAMINR"),
    _maker("Berla", ("vehicle-forensics", "Vehicle forensics"), "BERLA", "BERLA", "berla-ive"),
    _maker("Pen-Link, Ltd", _TAPPING, "PEN-?LINK'?S?", "PEN-LINK", "penlink-suite"),
    _maker("Palantir", ("data-analysis", "Data analysis"), "PALANTIR", "PALANTIR"),
    _maker("Clearview AI", ("face-recognition", "Face recognition"), "CLEARVIEW AI", "CLEARVIEW AI"),
    _maker("Venntel", ("location-data", "Location data"), "VENNTEL", "VENNTEL", "venntel-location"),
    _maker("Skydio", ("drone", "Drones"), "SKYDIO", "SKYDIO"),
    *(
        replace(owner, role="data owner")
        for owner in (
            _maker(
                "Thomson Reuters",
                _BROKER,
                "CONSOLIDATED LEAD EVALUATION AND REPORTING|CLEAR ACCESS",
                "THOMSON REUTERS",
                "tr-clear",
            ),
            _maker("LexisNexis Risk Solutions", _BROKER, "ACCURINT", "LEXISNEXIS RISK", "lexis-leids"),
            _maker("Vigilant Solutions", _PLATES, "VIGILANT (?:SOLUTIONS|LEARN|A?LPR)", "VIGILANT", "vigilant-lpr"),
        )
    ),
    *(
        replace(maker, platform=True)
        for maker in (
            _maker("Amazon Web Services", _HOSTING, "AMAZON WEB SERVICES?", "AMAZON", "aws-cloud"),
            _maker("Google", _HOSTING, "GOOGLE CLOUD", "GOOGLE"),
            _maker("Microsoft", _SOFTWARE, "^MICROSOFT", "MICROSOFT"),
            _maker("GitHub", ("software-hosting", "Code hosting"), "GITHUB", "GITHUB"),
            _maker("Chef", _SOFTWARE, "CHEF (?:SOFTWARE|AUTOMATE|INFRA|LICENSES?)", "CHEF SOFTWARE"),
        )
    ),
)


_ANY = re.compile(rf"\b(?:{'|'.join(maker.said.pattern for maker in MAKERS)})")
"""Most descriptions name none: they are looked through once."""


def maker_of(descriptions: Iterable[str]) -> Maker | None:
    """The one maker that the descriptions of an award name; None where they name none, or several."""
    found: dict[str, Maker] = {}
    for description in dict.fromkeys(descriptions):
        said = description.upper()
        if not _ANY.search(said) or _NOT_ITS_OWN.search(said):
            continue
        own_work = _NOT_THE_PLATFORM.search(said)
        for maker in MAKERS:
            if maker.said.search(said) and not (maker.platform and own_work):
                found.setdefault(maker.name, maker)
    return next(iter(found.values())) if len(found) == 1 else None
