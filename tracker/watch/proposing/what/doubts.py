"""What makes an announcement only look like one: wished for, planned, of long ago, of others, about something else.

Every doubt has a name in words: it becomes a reason that an editor reads beside the lead.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from dataclasses import dataclass

from tracker.watch.proposing.what.nouns import CONTRACT, RESTRICTION, TECHNOLOGY, THING


@dataclass(frozen=True)
class Doubt:
    """A wording that makes a cue worth less, and why. Where it counts: just before the cue, or in the whole sentence."""

    name: str
    pattern: re.Pattern[str]
    cost: float
    before: bool = True


def _doubt(name: str, pattern: str, cost: float, *, before: bool = True) -> Doubt:
    return Doubt(name, re.compile(pattern, re.IGNORECASE), cost, before)


DOUBTS: tuple[Doubt, ...] = (
    _doubt("wished for, not made", r"\b(?:should|ought to|urg(?:es?|ed|ing)|demand(?:s|ed|ing)?(?! (?:by|from) the court)|call(?:s|ed|ing)? (?:for|on|upon)|calls? (?:to|grow)|ask(?:s|ed|ing)? (?:that|for|the|them|it)|petition\w*|want(?:s|ed)? (?:[\w’'-]+ ){1,7}|recommend(?:s|ed|ing)?|hop(?:e|es|ed|ing)|would (?:like|welcome|support|back|prefer)|needs? to|let[’']s|time (?:for|to|that)|press(?:ed|es|ing)? (?:\w+ ){1,4}to|push(?:es|ed|ing)? for|lobb\w+|plead\w*|appeal(?:s|ed|ing)? (?:for|to)|in favou?r of|argu(?:es?|ed|ing)|suggest(?:s|ed|ing)?|belie(?:ves?|ved) that|wish(?:es|ed)?|seek(?:s|ing)? (?:an? )|we support|insist(?:s|ed)? that \w+ must|reckons)\b[^.]{0,150}$", 0.6),
    _doubt("wished for, not made", r"\b(?:should be|ought to be|wants (?:it|them|the \w+|\w+) (?:banned|gone|stopped|out|scrapped)|a petition|calls? (?:for|on) |called (?:for|on) |calling (?:for|on) |urged (?:the|it|all|lawmakers|governments)|demanded (?:that|the|a))", 0.35, before=False),
    _doubt("must, say others", r"\b(?:coalition|groups?|advocates|activists|campaigners?|critics|union|protesters|letter|petition|signator\w+)\b[^.]{0,60}\b(?:must|should)\b", 0.5, before=False),
    _doubt("a proposal", r"\b(?:propos(?:es|ed|al|als|ing)|draft\w*|(?:introduc(?:es|ed)|tabled|filed|sponsor\w*) (?:a|the|an|his|her)|offered in|a bill (?:that|which|to|under)|under (?:house|senate|the) bill \d*,? ?(?:introduced)?|bill offered|the bill|under consideration|weigh(?:s|ing)|consider(?:s|ed|ing)?|explor(?:e|es|ing|ed)|stud(?:y|ies|ying) (?:whether|if|how)|looking (?:into|at)|debat\w+|discuss\w*|whether|plans? to (?:present|vote|introduce|propose|ask)|told staff to|directed staff to|find out|moved an?|motion (?:to|that|tabled|by)|in talks|talks (?:to|about|with)|negotiat\w+|(?:bill|measure|proposal|act|motion|resolution|ordinance|plan|amendment|they|which|it)\b would (?:also )?(?:be )?(?:ban|prohibit|place|bar|forbid|require|make|give|limit|pause|halt|have|lose|need|restrict|allow|stop|suspend)|minded to)\b[^.]{0,140}$", 0.5),
    _doubt("would, not will", r"^(?!.*\b(?:said|says|wrote|announced|told|confirmed|added|advised|statement|disclosed|informed|according to|agreed|pledged|promised|decided|stated)\b).*\b(?:would|could|might)(?: \w+ly| also| no longer| then)? ?$", 0.35),
    _doubt("not certain", r"\b(?:(?<!\d )(?<!of )(?<!in )(?<!last )may(?! (?:not|no longer|\d|and|is|was))|might|could|perhaps|possibly|possible|if|reportedly considering|rumou?r\w*|expected to|is expected|likely to|set to consider|about to decide)\b[^.]{0,60}$", 0.3),
    _doubt("not done", r"\b(?:rather than|instead of|declin(?:es|ed) to|refus(?:es|ed) to (?:suspend|pause|halt|stop|end|ban|drop|say)|no plans? (?:to|for)|no intention (?:of|to)|stopp?(?:s|ed) short of|has not|have not|hasn[’']t|haven[’']t|did not|didn[’']t|without \w+ing|wrong to|fail(?:s|ed|ing) to|reject(?:s|ed|ing)|defeat(?:s|ed|ing)|voted? down|never|not (?:to|be|yet|been)|nothing (?:\w+ )+means|put off|postpon(?:es|ed|ing)|defer(?:s|red|ring)|delay(?:s|ed|ing)?|swore|suggested|no second)\b[^,.]{0,50}$", 0.5),
    _doubt("background", r"(?:^|[,;:(–—-] ?|\band |\bthan )(?:after|since|unlike|following|as|while|whereas|although|days? after|one day after|before|when|once)\b[^,;]{0,120}$", 0.4),
    _doubt("background", r"\b(?:earlier (?:this|that|in)|originally|previously|first set|had (?:already|earlier|once|long|been|agreed|said|told|moved|asked|tried)|a year ago|last (?:year|summer|spring|winter|autumn|fall|january|february|march|april|may|june|july|august|september|october|november|december)|years? ago|elsewhere|in other (?:cities|countries|states)|the original|meanwhile|used to)\b[^.]{0,110}$", 0.35),
    _doubt("background of others", r"\b(?:a number of cities|some (?:\w+ )?cities|other (?:cities|companies|firms|states)|several (?:cities|states)|larger cities|local bans|comparable (?:rules|proposals)|have followed|rivals?|competitors?|neighbou?ring|elsewhere)\b", 0.3, before=False),
    _doubt("not decided", r"\b(?:whether to|on whether|deadline for deciding|put off a|postponed a|delay(?:s|ed) a (?:vote|decision))\b", 0.3, before=False),
    _doubt("standard terms", r"\b(?:we may suspend|may (?:suspend|terminate|revoke|switch off|cancel|withdraw) (?:your |the |a |any )?(?:access|service|account|licen[cs]e|agreement)|reserves? the right|you agree|you (?:shall|may not|must not)|customers? shall|either party|these (?:terms|conditions)|free trial|offer ends|user (?:shall|must)|licensee|hereunder|forward-looking|for convenience|subscriber (?:shall|must))\b", 0.7, before=False),
    _doubt("money, not a promise", r"\b(?:credit (?:facility|line)|quarter(?:ly)?|revenue|shares?|dividend|fine[sd]?|lawsuit|stock|investors)\b", 0.25, before=False),
    _doubt("retention, not a term", r"\b(?:kept|stored?|retain\w*|deleted?) (?:\w+ ){0,4}(?:for|after|within) \w+ (?:days|months|hours)\b", 0.25, before=False),
    _doubt("spoken in the first person of an opinion", r"\b(?:I think|I would|I[’']d|in my view|my advice|what do you think|we believe|we argue|I hope|I for one|nobody would miss)\b", 0.4, before=False),
)  # fmt: skip

_ON_WHAT = re.compile(rf"\b{RESTRICTION}\s+(?:on|of|in|against|for)\s+(?P<what>[^,.;:]{{3,70}})", re.IGNORECASE)
_CONCERNED = re.compile(rf"\b(?:{THING}|{CONTRACT}|police|(?:its|their|his|her) \w+)\b", re.IGNORECASE)


def about_something_else(text: str) -> bool:
    """Whether the restriction is on something that is no surveillance: “the moratorium on evictions”, “the travel ban”."""
    said = _ON_WHAT.search(text)
    if said is None or TECHNOLOGY.search(text):
        return bool(_TOPICS.search(text))
    return not _CONCERNED.search(said.group("what"))


_TOPICS = re.compile(
    r"\b(?:evictions?|foreclosures?|rents?|rentals?|short-term|student (?:loans?|debt)|executions?|death penalty|mining|drilling|logging|fishing|whaling|hiring|travel ban|exports? of (?:grain|gas|oil)|data cent(?:er|re)s?|building permits|tuition|wind farms?|tariffs?|smoking|plastic bags?|towing|leaf pickup|bus shelters?|parking fees|water|hunting)\b"
    r"[^.]{0,40}\b(?:moratorium|ban|pause|freeze|halt|suspension)\b|\b(?:moratorium|ban|pause|freeze|halt|suspension) (?:on|of) (?:\w+ ){0,3}(?:evictions?|foreclosures?|rents?|rentals?|student|executions?|mining|drilling|logging|fishing|whaling|hiring|travel|data cent(?:er|re)s?|building|tuition|tariffs?|smoking|bidding)\b",
    re.IGNORECASE,
)
# A text that says this is about a rule that does not exist yet, or will not.
NOT_YET_LAW = re.compile(
    r"\b(?:not yet law|has yet to (?:sign|decide|vote|be)|have yet to|yet to (?:be signed|sign|vote|decide)|awaits? (?:the )?(?:governor|mayor|president|second|signature|a vote)|awaiting (?:second|signature|the governor|action)|(?:says?|said) (?:he|she|they) will veto|will veto"
    r"|threaten\w* (?:to|a) veto|(?:goes|went|heads|returns|moves|now) (?:back )?to (?:the )?(?:committee|governor|senate|house|mayor|full council|lower house|upper house|floor)|now goes to|no ordinance was adopted|failed to advance|sent (?:the )?(?:governor|mayor)\b|on the (?:governor|mayor)[’']s desk|on the desk of"
    r"|if (?:he|she|the governor|the mayor|it) signs|if (?:it )?(?:passed|enacted|approved|signed|becomes law|passes)|if it (?:becomes|passes)|has no power to|(?:second|final) (?:reading|vote) (?:is|will)|still being negotiated|has not (?:scheduled|taken|been (?:signed|scheduled|adopted))|until \w+ (?:\d+ )?to act|to act on it"
    r"|no vote was taken|took no vote|the item was continued|vote was (?:put off|postponed|delayed)|put off a (?:decision|vote)|there was no second|introduced on \w+day|would take effect|would apply from|let (?:a|the) (?:similar )?(?:measure|bill) die|(?:awaiting|before) (?:a )?(?:first|second|third|final) reading)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"^(?:opinion|editorial|letters?(?: to the editor)?|comment|commentary|column|guest (?:column|essay)|position paper|viewpoint|op-ed)\b|\b(?:call your (?:representative|mp|senator|councill?or)|sign (?:the|our) petition|what do you think\?|I would like to see|we support it)\b",
    re.IGNORECASE | re.MULTILINE,
)
SAID = re.compile(
    r"\b(?:said|says|announc(?:ed|es)|told|confirm(?:ed|s)|disclosed|wrote|tweeted|stated|revealed|informed|signed|voted|pledged|vowed|adopted|approved|ruled|ordered|agreed|resolved|enacted|according to)\b",
    re.IGNORECASE,
)
