"""What stands before and after a name, and how much it speaks for a company or against one."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Iterable

from tracker.watch.proposing.who.words import COMPANY_NOUN, NOT_A_COMPANY_NOUN

_ADVERBS = (
    r"(?:\w+ly |also |has |have |had |will |would |now |today |again |since |all |later |then |both |is |was |being )*"
)
_ACTS = (
    r"(?:said|says|announced|announces|confirmed|confirms|disclosed|told|tells|stopped|stops|suspended|suspends|suspending|paused|pauses|pausing|halted|halts|ended|ends|ending|discontinued|sells?|makes?|supplies|launched|acquired|bought|pulled|dropped"
    r"|closed|closing|cut|switched|agreed|pledged|pledges|promised|declined|insists|denied|denies|rejects|offers|refused|refuses|retired|retiring|withdrew|withdrawn|stated|wrote|plans|signed|dropping|no longer|won.t|may not|must|holds|vows|vowed"
    r"|began|begun|started|sold|shut|scrapped|barred|bans|banned|limits|limiting|restricts|blocks|blocked|extends|extended|lifts|lifted|resumes|resumed|keeps|kept|left|leaves|leaving|quits|quit|exits|exited|used to|runs|owns|counts|advised|ordered|told|gives|gave|adds|added)"
)
_THINGS = (
    r"(?:software|cameras?|products?|systems?|technolog\w+|apps?|tools?|platform|readers?|chief executive|ceo|boss|founder|co-founder|shares|stock|customers?|users?|clients?|spokes\w+|lawyers?|network|sensors?|drones?|scanners?|contract|website"
    r"|general counsel|engineers|investors|engine|database|orbs?|kit|equipment|servers?|headquarters|parent|owner|chairman|chairwoman|president|vice president|managing director|terms|privacy policy|newsroom|blog|stores|shops|account|deal|gear|hardware|plate readers)"
)


def _after(weight: float, sign: str) -> tuple[float, re.Pattern[str]]:
    return weight, re.compile(sign)


def _before(weight: float, sign: str) -> tuple[float, re.Pattern[str]]:
    return weight, re.compile(rf"(?:{sign})\s$")


AFTER = (
    _after(2.0, r",? (?:Inc|Ltd|Corp|LLC|plc|PLC|GmbH|Co)\b"),
    _after(2.0, rf"(?: \([^)]*\))?,? (?:which|whose|that|the|a|an|one of|its|part of|now|once|also)\b[^,.;:]{{0,60}}?\b{COMPANY_NOUN}\b"),
    _after(1.5, r", (?:which|who) (?:sells?|makes?|runs?|supplies|operates|owns?|provides?|builds?|markets?|develops?|manufactures?|employs|has customers)\b"),
    _after(1.2, rf"[’'](?:s )?(?:[\w-]+ ){{0,2}}{_THINGS}\b"),
    _after(0.8, r" (?:cameras?|readers?|accounts?|customers?|users?|stores?|software|systems?|products?|sensors?|drones?|executives?|devices?|doorbells?|subscription|hardware|app|representative|spokes\w+|branded|units?|kit|scanners?)\b"),
    _after(1.0, rf"(?:,[^,]{{3,70}},)? {_ADVERBS}{_ACTS}\b"),
    _after(0.6, rf"(?:,[^,]{{3,70}},)? {_ADVERBS}(?:is|was|has|have|are|were|do|does|would|never|will)\b"),
    _after(1.5, r",? (?:formerly|previously|until \w+ (?:known|called)|once known|known (?:until|as|before)|then (?:called|known)|now called|since renamed|renamed)\b"),
    _after(-3.0, rf", (?:the|a|an|which|who)\b[^,.]{{0,40}}\b{NOT_A_COMPANY_NOUN}\b"),
    _after(-2.5, r", (?:who\b(?! (?:make|sell|run))|\d\d\b|(?:the|its|a|an|his|her|their|our) (?:[\w’'-]+ ){0,4}(?:mayor|director|commissioner|executive|head|spokes\w+|chief|president|lawyer|officer|professor|analyst|manager|founder|chair\w*|leader|resident|mother|father|engineer|campaigner)|(?:chief|vice|senior|managing|general|deputy|head|director|president|founder|co-founder|mayor|chair))\b"),
    _after(-2.0, r"(?:[’']s?)? (?:city|county|town|council\w*|police|sheriff\w*|residents|lawmakers|legislature|officers|mayor|governor|law|voters|deputies|parliament|government|schools?|airport|supervisors|courts?|prosecutors?|airports?|metro|township|village)\b"),
    _after(-2.0, r", (?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ohio|Texas|Iowa|Utah)\b"),
)  # fmt: skip
BEFORE = (
    _before(1.5, rf"\b{COMPANY_NOUN},?"),
    _before(1.0, rf"\b{COMPANY_NOUN} (?:called|named|known as|behind)"),
    _before(1.2, r"\b(?:contracts?|agreements?|deals?|partnerships?|ties|relationships?|arrangements?|subscriptions?|integrations?|business|ways|memorandum|invoices?|lease|tie-up|dealings) (?:\w+ )?(?:with|from|to)(?: the)?"),
    _before(1.2, r"\b(?:supplied|made|sold|built|run|operated|provided|leased|bought|licensed|rented|developed|manufactured|hosted|installed|owned|marketed|designed|purchased) (?:by|from)"),
    _before(1.5, r"\b(?:formerly|previously|now|renamed|rebranded (?:as|to)|known as|called|doing business as|trading as|traded as|once)"),
    _before(1.0, r"\b(?:rivals?|competitors?|maker|operator|owner|parent|customers|clients|users|employees|shareholders|spokes\w+|lawyers?|executives?|subsidiary|unit|arm|chief executive|spokes\w+) (?:of|for|from|at)"),
    _before(0.8, r"\b(?:used|uses|using|tried|bought|buys|leases|rents|adopted|dropped|scrapped|ditched|hired|sued|orders?|ordered|fined|bars?|barred|banned|ban|block|cut off|pick(?:s|ed)?|chose|selected|chosen|hires?|tapped|pay(?:s|ing)?|team with|teamed up with|partnered with|partner with)"),
    _before(1.0, r"\b(?:award(?:s|ed)?|awarding|contract to|deal to)"),
    _before(1.2, r"^About"),
    _before(-3.0, rf"\b{NOT_A_COMPANY_NOUN},? (?:group |organi[sz]ation |called |named )?"[:-1] + "?"),
    _before(-3.0, r"\b(?:Mr|Ms|Mrs|Dr|Prof|Sgt|Lt|Capt|Chief|Mayor|Gov|Governor|Sen|Senator|Rep|Cllr|Coun|Councillor|Judge|Trustee|Supt|Superintendent|Insp|Inspector|Sheriff|Minister|President|Deputy|Attorney|Councilwoman|Councilman|Alderman|Commissioner|Dame|Sir|Lord|Lady|director|executive|president|spokesman|spokeswoman|counsel|officer|founder|commissioner|mayor|chairman|chairwoman|professor|campaigner|analyst)\.?(?: (?!of\b|at\b|for\b|with\b)\w+)?"),
    _before(-2.0, r"\b(?:city|town|village|county|state|province|district|borough|streets|residents|people|island|canton|port|CITY|COUNTY|VILLAGE|TOWN) (?:of|OF)"),
    (-0.8, re.compile(r"[,.!?][”\"’] $")),
    _before(-1.2, r"\b(?:in|near|across|outside|around|throughout|visiting|north of|south of|In)"),
    _before(-1.5, r"\b(?:reported by|according to|told|published (?:by|in)) (?:the|The)"),
)  # fmt: skip
_CONTEXT_BEFORE, _CONTEXT_AFTER = 60, 130


def evidence(places: Iterable[tuple[str, int, int]]) -> float:
    """How much speaks for a company at these places of one name, each `(text, start, end)`; every sign counts once."""
    seen: dict[int, float] = {}
    for text, start, end in places:
        before, after = text[max(0, start - _CONTEXT_BEFORE) : start], text[end : end + _CONTEXT_AFTER]
        for number, (weight, sign) in enumerate(AFTER):
            if number not in seen and sign.match(after):
                seen[number] = weight
        for number, (weight, sign) in enumerate(BEFORE, len(AFTER)):
            if number not in seen and sign.search(before):
                seen[number] = weight
    return sum(seen.values())
