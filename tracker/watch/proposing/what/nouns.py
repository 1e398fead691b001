"""The things that announcements are about: restrictions, promises, contracts, surveillance technology."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re

_ONE = r"(?:the|a|an|its|this|that|their|his|her|our|any|[\w.]+[’']s?|existing|voluntary|temporary|immediate|general|total|one|two|three|five|six|\w+-(?:year|month|week|day))"
# "Stop", "hold" and "limit" are also verbs: as nouns they follow "the", "its", "a one-year".
_ALSO_VERBS = r"(?:stop|hold|block|limits?|curbs?|rules?|time-?out|switch-?off|lock-?out|shut-?down|stand-?down)"
TEMPORARY = r"(?:moratori(?:um|a|ums)|pauses?|halt|freezes?|suspensions?|standstill|time-?out|stand-?down|hiatus|(?<=month )stop|(?<=year )stop)"
BAN = r"(?:bans?|prohibitions?|embargo(?:es)?)"
RESTRICTION = rf"(?:moratori(?:um|a|ums)|pauses?|halt|freezes?|suspensions?|standstill|stop order|bans?|prohibitions?|embargo(?:es)?|restrictions?|{_ONE} (?:[\w-]+ )?{_ALSO_VERBS})"
RULE = r"(?:ordinance|order|law|act|section|statute|resolution|by-?law|injunction|provision|rules?|measure|status:?)"
PROMISE = r"(?:pledges?|promises?|vows?|commitments?|undertakings?|assurances?|polic(?:y|ies)|principles?|red lines?)"
CONTRACT = (
    r"(?:contracts?|agreements?|partnerships?|deals?|tie-?ups?|relationships?|ties|arrangements?|collaborations?|memorand(?:um|a)|subscriptions?|integrations?|link-?ups?|alliances?"
    r"|cooperation|co-operation|pacts?|accords?|leases?|business with|work (?:with|for))"
)
TECHNOLOGY = re.compile(
    r"\b(?:fac(?:e|ial)[ -]?(?:recogni[sz]ing|recognition|surveillance|match(?:ing|es)?|scan\w*|search\w*|analysis|print\w*|database|spotting|data|tagging|software|identification|verification|camera\w*|app)"
    r"|face ?prints?|faces|biometric\w*|surveillance|spying|(?:live|real-time) matching"
    r"|(?:licen[cs]e[ -])?(?:number[ -])?plate[ -]?(?:readers?|scann\w+|recognition|data|cameras?)|alprs?|anpr|body[ -]?(?:worn )?(?:video|cam(?:era)?s?)|bodycams?|cctv|cameras?|footage"
    r"|drones?|unmanned (?:aircraft|aerial)\w*|gunshot[ -]\w+|shot[ -]detect\w+|microphones?|predictive policing|crime[ -](?:prediction|forecasting)|prediction software|stingrays?|cell[ -]site simulators?"
    r"|iris\w*|retina scan\w*|orbs?|fingerprint\w*|palm[ -]\w+|location data|(?:phone |precise )?locations?|geofence\w*|emotion (?:recognition|detection|analysis)|voice ?prints?|gait"
    r"|(?:exam|remote|online) (?:proctoring|monitoring|policing)|proctoring|tasers?|stun guns?|spyware|phone[ -](?:hacking|cracking|cracker\w*|unlocking|extraction)|hack\w* (?:tools?|software)|data brokers?|wiretap\w*"
    r"|interception|track(?:er|ers|ing)|smart glasses|plate[ -]reading|people[ -]search|fake accounts|stalkerware|emotion\w*|surveil\w*|watchlists?|mass monitoring|phone data|smart cameras?|clever cameras|lie detect\w*|social scoring|crime software|body scann\w*|listening devices|(?:gun|shot)[ -]?spott\w*|video|(?:facial|face) images|selfies?|locked phones|phones and|phone[ -]crackers?|scann(?:er|ers|ing)|doorbells?|eavesdrop\w*|facial\b|ankle (?:monitors?|tags?)|thermal imag\w+|x-ray vans?|number plates|robots?|weapons|sensors?|social media monitoring|plate[ -]readers?|readers)\b",
    re.IGNORECASE,
)
# What a restriction may be on though the words name no technology themselves.
THING = (
    r"(?:systems?|software|tools?|technolog(?:y|ies)|tech|services?|products?|features?|functions?|capabilit(?:y|ies)|platforms?|program(?:me)?s?|projects?|pilots?|trials?|rollout|roll-out|kit|gear|sales?|sharing|access"
    r"|uses?|deployments?|flights?|scans?|matching|searches|search|accounts?|sign-?ups?|licen[cs]es?|integration|operations?|requests?|contracts?|units?|devices?|data|networks?|exports?|purchases?|acquisitions?|procurement|installation)"
)


def technology_in(text: str) -> tuple[str, ...]:
    """The surveillance words in `text`, in order, each once, as written there."""
    return tuple(dict.fromkeys(match.group().lower() for match in TECHNOLOGY.finditer(text)))
