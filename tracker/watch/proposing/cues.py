"""The words by which an announcement is recognised, and those by which something only looks like one.

Every rule has a name in words: it becomes the reason an editor reads beside the lead.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from dataclasses import dataclass

_HALT = r"(?:moratori(?:um|a)|pause|halt|freeze|ban|prohibition|suspension|embargo)"
_TECHNOLOGY = re.compile(
    r"\b(?:fac(?:e|ial)[ -](?:recognition|surveillance|matching|scann?(?:ing|ers?)|search|analysis|print|database)\w*|faceprints?|biometric\w*|surveillance|spying"
    r"|(?:licen[cs]e[ -])?(?:number[ -])?plate[ -]?readers?|alprs?|anpr|rekognition|body[ -]?(?:worn )?cam(?:era)?s?|bodycams?|cctv|cameras?|footage"
    r"|drones?|gunshot detect\w+|predictive policing|stingrays?|cell[ -]site simulators?|iris[ -]scann\w+|location data|(?:phone )?locations|geofence"
    r"|emotion (?:recognition|detection)|voiceprints?|proctoring|tasers?|spyware|data brokers?|facial recognition|iris)\b",
    re.IGNORECASE,
)


def technology_in(text: str) -> tuple[str, ...]:
    """The surveillance words in `text`, in order, each once, as written there."""
    return tuple(dict.fromkeys(match.group().lower() for match in _TECHNOLOGY.finditer(text)))


@dataclass(frozen=True)
class Cue:
    """A wording that announces something: what it would be, and how sure it is by itself."""

    name: str
    pattern: re.Pattern[str]
    matter: str
    action: str
    kind: str
    weight: float


def _cue(name: str, pattern: str, action: str, kind: str, weight: float = 0.5, matter: str = "commitment") -> Cue:
    return Cue(name, re.compile(pattern, re.IGNORECASE), matter, action, kind, weight)


_USE = r"(?:sell|offer|provid|supply|licens|us|allow|permit|let|develop|mak|shar|giv|deploy|build|support|accept|scor|scann|resell|market|put|provide)"

CUES: tuple[Cue, ...] = (
    _cue("it expired", rf"\b(?:{_HALT}|ordinance|order|law|act|section|status:?)\b[^.]{{0,80}}\b(?:expired|lapsed|ran out|ran until|has run out)\b", "lapsed", "moratorium", 0.5, "lapse"),
    _cue("a restriction is lifted", rf"\b(?:lift(?:s|ed|ing)?|rescind(?:s|ed|ing)?|revers(?:es|ed|ing)|revok(?:es|ed|ing)|scrapp?(?:s|ed|ing)|overturn(?:s|ed|ing)?|end(?:s|ed|ing)?) (?:the|its|a|an|his|her|their|[A-Z]\w+[’']s)[^.,]{{0,40}}\b(?:{_HALT}|pledge|promise|vow|commitment)\b", "reversed", "moratorium"),
    _cue("a restriction is lifted", rf"\b{_HALT}\b[^.]{{0,90}}\b(?:is being|was|has been|will be|are being|were) (?:lifted|rescinded|reversed|revoked|overturned|struck down|scrapped)\b", "reversed", "moratorium"),
    _cue("a promise is gone from a page", r"\b(?:no longer (?:on|lists?|includes?|contains?|appears?|rules? out)|leaves? out|(?:dropp?(?:s|ed)|remov(?:es|ed)|delet(?:es|ed)|strikes?|struck))\b[^.]{0,90}\b(?:pledge|promise|vow(?:ed)?|section|passage|language|rules out|ban|website|uses)\b", "withdrawn", "pledge"),
    _cue("a restriction becomes open-ended", rf"\b{_HALT}\b[^.]{{0,80}}\bnow (?:has no end|is indefinite|runs indefinitely)|\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|continu(?:es|ed|ing)|keep(?:s|ing)?|stay(?:s)?|remains?|made?)\b[^.]{{0,110}}\b(?:indefinite(?:ly)?|until further notice|has no end|with no end)\b", "extended", "moratorium", 0.6),
    _cue("a restriction becomes permanent", rf"\b(?:mak(?:es|ing|e)|made)\b[^.]{{0,60}}\b{_HALT}\b[^.]{{0,30}}\bpermanent\b", "made_permanent", "ban", 0.6),
    _cue("a restriction is extended", rf"\b(?:extend|prolong|renew)(?:s|ed|ing)?\b[^.]{{0,70}}\b{_HALT}\b", "extended", "moratorium", 0.6),
    _cue("a restriction stays", rf"\b{_HALT}\b[^.]{{0,110}}\b(?:extended|prolonged|renewed|(?:will )?(?:stay|remain)s? in (?:force|place|effect)|will continue)\b", "extended", "moratorium", 0.55),
    _cue("a moratorium is made", r"\b(?:implement|plac|put|impos|introduc|adopt|announc|enact|institut|declar|establish|approv|pass|order|sign)(?:t?ing|s|es|ed|e)?\b[^.]{0,50}\b(?:moratorium|pause|halt|freeze|suspension)\b", "announced", "moratorium", 0.6),
    _cue("a ban is made", r"\b(?:implement|plac|put|impos|introduc|adopt|announc|enact|institut|declar|establish|approv|pass)(?:t?ing|s|es|ed|e)?\b[^.]{0,50}\b(?:ban|prohibition) (?:on|against|of)\b", "announced", "ban", 0.55),
    _cue("use or sale is suspended", r"\b(?:(?:is|was|are|will be|has|had) (?:temporarily )?(?:suspending|pausing|halting|freezing)|(?:will|to) (?:temporarily )?(?:suspend|pause|halt|freeze)|(?:has |have )?(?:temporarily )?(?:suspended|paused|halted|froze|frozen)|suspends|pauses|halts|freezes)\b(?! (?:evict|travel|hiring))", "announced", "moratorium", 0.5),
    _cue("not before something happens", r"\b(?:will not|won.t|cannot|can.t|may not|not be able to|would not|(?:decided|chosen|agreed|resolved) not to|not be (?:permitted|allowed))\b[^.]{0,110}\buntil\b", "announced", "moratorium", 0.6),
    _cue("a rule forbids it", r"\b(?:bars|bans|forbids|prohibits|outlaws|barred|banned|forbade|prohibited|outlawed|(?:businesses|police|agencies|departments|officers|schools|anyone|nobody|companies|entities) (?:may|must|can) not|makes it (?:an offen[cs]e|illegal|unlawful)|to (?:ban|outlaw|prohibit|forbid|bar))\b", "announced", "ban", 0.45),
    _cue("a rule with an end of its own", r"\b(?:act|law|statute|bill|ordinance|section|measure|order|prohibition|ban|it)\b[^.]{0,60}\b(?:takes? effect|took effect|starts?|in force|effective)\b[^.]{0,80}\b(?:repeal(?:s|ed)|sunsets?|expires?|falls? away|ends?|lapses?|gone)\b", "announced", "moratorium", 0.6),
    _cue("it leaves the business", rf"\b(?:getting out of|(?:is |are |was )?(?:leav|exit|quitt)(?:ing|s|ed)?(?! (?:out|room|the door))[^.]{{0,30}}\b(?:business|market)|shut(?:s|ting)? down|clos(?:es|ing) down|discontinu(?:es?|ed|ing)|phas(?:es|ed|ing) out|no longer (?:be )?{_USE}\w*|(?:was|is|are) gone|switch(?:es|ed|ing) off|retir(?:es|ed|ing)|pull(?:s|ed|ing) the plug|(?:transition|mov|shift)(?:e?s|ing|ed|e)? away from|abandon(?:s|ed|ing)?|end(?:s|ed|ing)? (?:all (?:of )?)?(?:its|the) (?:\w+ ){{0,2}}(?:pilots?|programs?|services?|tools?|sales|sharing|sponsorships?))\b", "announced", "exit", 0.5),
    _cue("it stops", rf"\b(?:will |would |to |has |have |is )?stop(?:s|ped|ping)? (?:{_USE}\w*|police|the (?:use|sale|development)|development)\b", "announced", "exit", 0.5),
    _cue("it will not sell or allow it", rf"\b(?:will not|won.t|(?:decided|chosen|agreed|resolved) not to|does not and will not|do not and will not|will never|never) (?:\w+ )?{_USE}\w*\b", "announced", "pledge", 0.4),
    _cue("it is limited", r"\b(?:cutting the list|limit(?:s|ed|ing)? (?:the |its |access|how|who|use|police)|restrict(?:s|ed|ing)\b|only (?:verified|with|for)|will have to|must (?:now )?(?:first )?(?:obtain|get|post|list)|requir(?:es|ed|ing) (?:a |police|officers|agencies|law)|clos(?:es|ing) the accounts? of every|scal(?:es|ed|ing) back)\b", "announced", "limit", 0.4),
    _cue("it pledges", r"\b(?:pledg(?:es|ed|ing)|vow(?:s|ed|ing)?|promis(?:es|ed|ing)|commit(?:s|ted|ting)? (?:itself )?(?:not to|to (?:not|never|end|stop|limit|delet|phas|notify|requir|seek|obtain|paus|ban)\w*))\b", "announced", "pledge", 0.4),
    _cue("a contract ends", r"\b(?:cancel|terminat|end|drop|sever|cut(?:t)?|not renew|scrap)(?:s|led|ling|ing|ped|ed|e|es|p)?\b[^.]{0,50}\b(?:contracts?|agreements?|partnerships?|relationships?|deals?|ties)\b", "ended", "partnership", 0.5, "partnership"),
    _cue("a partnership begins", r"\b(?:teamed up|teams up|teaming up|partner(?:s|ed|ing) with|(?:sign(?:s|ed)|strikes?|struck|awarded|approved|enter(?:s|ed) into)\b[^.]{0,40}\b(?:agreement|contract|partnership|deal)\b|join(?:s|ed) forces)\b", "started", "partnership", 0.5, "partnership"),
    _cue("a denial", r"\b(?:(?:has|have|had|holds?) (?:no|never had an?) (?:\w+ )?(?:contracts?|agreements?|partnerships?|relationship)|does not (?:have|hold|work with|contract with|partner with|share)|do not (?:have|hold|work with|contract with|partner with|share)|never (?:sold|worked with|provided)|denie[sd] (?:that|having|any|selling|working))\b", "denied", "denial", 0.5, "denial"),
)  # fmt: skip


@dataclass(frozen=True)
class Guard:
    """A wording that makes a cue worth less, and why. `before` guards count only in front of the cue."""

    name: str
    pattern: re.Pattern[str]
    cost: float
    before: bool = True


def _guard(name: str, pattern: str, cost: float, *, before: bool = True) -> Guard:
    return Guard(name, re.compile(pattern, re.IGNORECASE), cost, before)


GUARDS: tuple[Guard, ...] = (
    _guard("wished for, not made", r"\b(?:should|ought to|urg(?:es?|ed|ing)|demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on)|ask(?:s|ed|ing)? (?:that|for|the)|asked|petition\w*|want(?:s|ed)? (?:the|to|a)|recommend\w*|first asked for|hop(?:e|es|ed|ing)|would like|needs? to|let.s|(?:it is|it.s|is) time (?:for|to|that))\b", 0.6),
    _guard("must, say others", r"\b(?:says?|said|argues?|coalition|groups?|advocates|activists)\b[^.]{0,60}\bmust\b", 0.6),
    _guard("a proposal", r"\b(?:propos(?:es|ed|al|als|ing)|draft\w*|introduc(?:es|ed) (?:a|the) bill|offered in|a bill (?:that|which|to)|bill offered|would (?:ban|prohibit|place|bar|forbid|require|make|give|limit|pause|halt|end)|under consideration|weigh(?:s|ing)|considers?|considering|explor(?:e|es|ing)|stud(?:y|ying)|looking into|debat\w+|whether|plans? to (?:present|vote|introduce)|told staff to|find out)\b", 0.55),
    _guard("not certain", r"\b(?:may|might|could|perhaps|possible|if)\b", 0.3),
    _guard("not done", r"\b(?:rather than|instead of|declin(?:es|ed) to|refus(?:es|ed) to|no plans? to|stopp?(?:s|ed) short of|has not|have not|did not|without)\s+[^,]{0,40}$", 0.5),
    _guard("background", r"(?:^|[,;:(–-] ?|\band )(?:after|since|unlike|following|as|while|\w+ days? after|one day after)\b[^,;]{0,120}$", 0.4),
    _guard("background", r"\b(?:earlier (?:this|that|in)|originally|previously|first set|had (?:already|earlier)|a year ago|last (?:year|month|summer|spring|winter)|years? ago|elsewhere|in other cities|the original)\b", 0.35),
    _guard("background", r"\b(?:a number of cities|some (?:\w+ )?cities|other (?:cities|companies|firms|states)|several (?:cities|states)|larger cities|local bans|comparable rules|have followed)\b", 0.5, before=False),
    _guard("another subject", rf"\b{_HALT} (?:on|of|in) (?:\w+ )?(?:evictions?|foreclosures?|rent\w*|mining|data cent\w+|drilling|hiring|travel|exports?|short-term|student|debt|executions?)\b", 0.9, before=False),
    _guard("standard terms", r"\b(?:we may suspend|may (?:suspend|terminate) (?:your )?access|reserves? the right|you agree|you (?:shall|may not|must not)|subscription|these (?:terms|conditions)|free trial|offer ends)\b", 0.7, before=False),
    _guard("the end of a credit or support", r"\b(?:credit facility|quarter|revenue|shares|litigation|fine[sd]?|lawsuit)\b", 0.35, before=False),
)  # fmt: skip

# A text that says this is about a rule that does not exist yet, or will not.
NOT_YET_LAW = re.compile(
    r"\b(?:not yet law|has yet to sign|yet to (?:be signed|sign|vote|decide)|awaits? (?:the )?(?:governor|mayor|president)|(?:says?|said) (?:he|she|they) will veto|will veto"
    r"|threaten\w* (?:to|a) veto|goes to (?:the )?(?:committee|governor|senate|house|mayor)|now goes to|no ordinance was adopted|failed to advance"
    r"|if (?:he|she|the governor|the mayor) signs|if (?:passed|enacted|approved|signed)|has no power to|(?:second|final) (?:reading|vote) (?:is|will))\b",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:said|says|announc(?:ed|es)|told|confirm(?:ed|s)|disclosed|wrote|tweeted|stated|revealed|informed|signed|voted|pledged|vowed)\b",
    re.IGNORECASE,
)
GOVERNMENT = re.compile(
    r"\b(?:city council|council(?: bill| members?)?|county|legislat\w+|general assembly|governor|gov\.|mayor|supervisors|commission(?:er)?|watchdog|regulator|authority|lawmakers"
    r"|senate|parliament|congress|court|judge|state law|assembly bill|senate bill|[ash]\.? ?b\.? ?\d+|ordinance|statute|act|executive order|police department|department of|agency"
    r"|law enforcement agency|school (?:board|district)|town|trustees|city|state|country|prohibition)\b",
    re.IGNORECASE,
)

# What stands before a date that is not the day of the announcement.
NOT_THE_DAY = re.compile(
    r"\b(?:until|through|since|from|by|before|to|in force from|dates from|starts? on|start(?:ing|s)?|effective|takes? effect(?: on)?|week of|ran until|repealed on"
    r"|expires?(?: on)?|ends?(?: on)?|as of|in|on or after|later, on)\s+(?:early |late |the )?$",
    re.IGNORECASE,
)
