"""Which technologies a text names, and which of its parts are only furniture. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence, Set

from tracker.watch.proposing.sentences import Sentence

_TECHNOLOGY = re.compile(
    r"\b(?:fac(?:e|ial)[ -]?(?:recogni[sz]ing|recognition|surveillance|match(?:ing|es)?|scan\w*|search\w*|analysis|print\w*|database|spotting|data|tagging|software|identification|verification|camera\w*|app)"
    r"|face ?prints?|faces|biometric\w*|surveillance|spying|(?:live|real-time) matching"
    r"|(?:licen[cs]e[ -])?(?:number[ -])?plate[ -]?(?:readers?|scann\w+|recognition|data|cameras?)|alprs?|anpr|body[ -]?(?:worn )?(?:video|cam(?:era)?s?)|bodycams?|cctv|cameras?|footage"
    r"|drones?|unmanned (?:aircraft|aerial)\w*|gunshot[ -]\w+|shot[ -]detect\w+|microphones?|predictive policing|crime[ -](?:prediction|forecasting)|prediction software|stingrays?|cell[ -]site simulators?"
    r"|iris\w*|retina scan\w*|orbs?|fingerprint\w*|palm[ -]\w+|location data|(?:phone |precise )?locations?|geofence\w*|emotion (?:recognition|detection|analysis)|voice ?prints?|gait"
    r"|(?:exam|remote|online) (?:proctoring|monitoring|policing)|proctoring|tasers?|stun guns?|spyware|phone[ -](?:hacking|cracking|cracker\w*|unlocking|extraction)|hack\w* (?:tools?|software)|data brokers?|wiretap\w*"
    r"|interception|track(?:er|ers|ing)|smart glasses|plate[ -]reading|people[ -]search|fake accounts|stalkerware|emotion\w*|surveil\w*|watchlists?|mass monitoring|phone data|smart cameras?|clever cameras|lie detect\w*|social scoring|crime software|body scann\w*|listening devices|(?:gun|shot)[ -]?spott\w*|video|(?:facial|face) images|selfies?|locked phones|phones and|phone[ -]crackers?|scann(?:er|ers|ing)|doorbells?|eavesdrop\w*|facial\b|ankle (?:monitors?|tags?)|thermal imag\w+|x-ray vans?|number plates|robots?|weapons|sensors?|social media monitoring|plate[ -]readers?|readers)\b",
    re.IGNORECASE,
)
# Blocks that speak of other things: captions, links to other articles, what the company says of itself.
_FURNITURE = re.compile(
    r"(?:image caption|caption|photo|picture|read (?:next|more|also)|keep reading|more (?:world |local )?news|related|see also|also on|also (?:this week|in the news)|elsewhere|you might also like|recommended"
    r"|sign up|subscribe|about (?:the )?[A-Z]|share this|trending|most read|advertisement)\b",
    re.IGNORECASE,
)


# The writer's own voice.
_COMMENT = re.compile(r"\b(?:let[’']s (?:say|hope|not)|I think|in my view)\b", re.IGNORECASE)


def technology_in(text: str) -> tuple[str, ...]:
    """The surveillance words in `text`, in order, each once, as written there."""
    return tuple(dict.fromkeys(match.group().lower() for match in _TECHNOLOGY.finditer(text)))


def may_announce(sentence: Sentence, blocks: Sequence[str], new: Set[int]) -> bool:
    """Whether a sentence is new, no question, and no part of what surrounds an article."""
    fresh = sentence.block in new and not _FURNITURE.match(blocks[sentence.block])
    return fresh and not sentence.text.endswith("?") and not _COMMENT.search(sentence.text)
