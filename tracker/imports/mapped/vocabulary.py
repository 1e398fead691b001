"""What the cells of files like these say of technologies and of what became of a contract."""

import re

_TECHNOLOGIES = {
    "plate-reader": """automated license plate reader; automatic license plate reader; license plate reader;
        licence plate reader; automatic number plate recognition; license plate recognition; alpr; anpr; lpr""",
    "body-camera": "body worn camera; body camera; bodycam; bwc; body worn video",
    "drone": "drone; unmanned aerial vehicle; unmanned aircraft system; uav; uas; suas; drone as first responder; dfr",
    "camera-registry": "camera registry; camera registration",
    "face-recognition": "face recognition; facial recognition; facial recognition technology; frt",
    "predictive-policing": "predictive policing; predictive software",
    "gunshot-detection": "gunshot detection; acoustic gunshot detection; gunshot detection technology",
    "fusion-center": "fusion center",
    "cell-site-simulator": "cell site simulator; stingray; imsi catcher",
    "real-time-crime-center": "real time crime center; rtcc",
    "video-analytics": "video analytics; video analytics computer vision",
    "police-portal": "ring neighbors partnership; neighbors partnership; ring partnership",
    "phone-extraction": "phone extraction; mobile device forensics; mobile forensics; mobile device forensic tool",
    "social-media-monitoring": "social media monitoring; social media surveillance",
    "electronic-monitoring": "electronic monitoring; ankle monitor; gps monitoring",
    "vehicle-forensics": "vehicle forensics",
    "location-data": "location data",
}
_STATUSES = {
    "reported": "active; current; in use; ongoing; yes; true; reported",
    "confirmed": "confirmed; verified",
    "ended": "ended; cancelled; canceled; terminated; discontinued; contract canceled; contract cancelled; "
    "contract terminated; not renewed; expired",
    "paused": "paused; suspended; on hold",
    "reinstated": "reinstated; resumed; contract reinstated",
    "denied": "denied",
    "undisclosed": "undisclosed",
    "never_started": "never started; never signed",
}


def _key(text: str) -> str:
    """The text without case, marks and plurals: “Body-worn Cameras” and “body worn camera” are one."""
    words = re.findall(r"\w+", text.casefold())
    return " ".join(word[:-1] if len(word) > len("bwcs") and word.endswith("s") else word for word in words)


_TECHNOLOGY = {_key(word): slug for slug, words in _TECHNOLOGIES.items() for word in (slug, *words.split(";"))}
_STATUS = {_key(word): status for status, words in _STATUSES.items() for word in words.split(";")}


def technology(text: str) -> str | None:
    """The slug of the technology that the text surely names, by a list of common names; None otherwise."""
    return _TECHNOLOGY.get(_key(text))


def status(text: str) -> str | None:
    """What the text says became of a partnership, if it can mean one thing only.

    “Rejected” may be a first purchase or a running contract, “deactivated” a pause or an end: no status.
    """
    return _STATUS.get(_key(text))


def technology_name(slug: str) -> str:
    """A name for a technology of which only the slug is known."""
    return slug.replace("-", " ").capitalize()
