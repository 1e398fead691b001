"""Which field the name of a column tells of, and how surely: by the words that people put above their columns."""

import re

_WORDS: dict[str, dict[float, str]] = {
    "key": {
        0.9: "aosnumber; record id; record number; unique id; uuid; guid; reference number; row id",
        0.8: "id; identifier; ref; reference; key; slug",
    },
    "vendor": {
        0.95: "vendor; vendor name; supplier; supplier name; recipient name; manufacturer; contractor; contractor name",
        0.85: "recipient; company; company name; provider; seller; payee; maker; vendor company; awardee",
        0.6: "brand; firm; partner; make; business name",
    },
    "agency": {
        0.95: "agency; agency name; police department; law enforcement agency; lea; lea name; pd name",
        0.9: "awarding sub agency; awarding sub agency name; contracting agency; station name; dept; department",
        0.85: "awarding agency; awarding agency name; buyer; department name; police agency; purchaser; customer; "
        "customer name",
        0.8: "client name",
        0.75: "client; public body; station; jurisdiction; organization; organisation; entity; "
        "government; user; unit; office; facility name; institution",
        0.5: "name; municipality; title",
    },
    "agency_type": {
        0.9: "agency type; agency type name; type of lea; lea type; type of agency; department type; entity type"
    },
    "ori": {0.95: "ori; ori9; ori7; ori number; ori code; agency ori", 0.6: "ucr department; fbi id; ucr code"},
    "city": {0.95: "city; city name; town; municipality; location city; agency city; place", 0.7: "locality; location"},
    "county": {0.95: "county; county name; parish; county parish; agency county; location county"},
    "state": {
        0.95: "state; st; state code; state abbr; state abbreviation; us state; state postal; usps; location state",
        0.85: "state name; province; agency state; region",
    },
    "latitude": {0.95: "latitude; lat; location latitude", 0.6: "y; y coord; point y"},
    "longitude": {0.95: "longitude; lon; lng; long; location longitude", 0.6: "x; x coord; point x"},
    "technology": {
        0.95: "technology; tech; technology type; type of technology; surveillance technology; technology used",
        0.75: "equipment; device type; product type; system type; capability",
        0.5: "category; type; product; tool",
    },
    "status": {
        0.9: "status; contract status; current status; agreement status; partnership status; outcome",
        0.6: "status raw; state of contract; active; result",
    },
    "decided": {
        0.9: "decision date; date of decision; date decided; vote date; award date; action date; signed date; "
        "date signed; date of award; approval date; date approved; contract date; announcement date; signed; approved",
        0.7: "date; date text; event date; date of action",
        0.5: "date iso; when",
    },
    "started": {
        0.95: "start date; started; start; date started; contract start; contract start date; begin date; begins; "
        "effective date; launch date; installation date; install date; date installed; confirmed start date; "
        "active date; date joined; period of performance start date; adoption date; date of adoption; from date",
        0.85: "since; from; begin; first used; in use since; acquired; date acquired; valid from; year adopted; "
        "year acquired; joined; adopted; first year; start year; year started",
        0.6: "year",
    },
    "ended": {
        0.95: "end date; ended; end; date ended; contract end; contract end date; expiration date; termination date; "
        "expiry date; cancellation date; confirmed end date; period of performance current end date; date cancelled",
        0.85: "until; to; expires; expiration; valid to; terminated; expiry; end year; year ended; through",
    },
    "contract": {
        0.95: "contract; contract number; contract no; contract id; award id; award id piid; piid; purchase order; "
        "po number; agreement number; procurement id",
    },
    "modification": {0.95: "modification; modification number; mod; mod number; amendment; amendment number"},
    "amount": {
        0.95: "amount; contract amount; award amount; contract value; federal action obligation; obligated amount; "
        "amount paid; total amount; price; cost; total cost; contract cost; current award amount; amount awarded",
        0.8: "value; total; spend; spending; obligation; total value; dollars; payment; annual cost; total price",
    },
    "currency": {0.95: "currency; currency code"},
    "summary": {
        0.9: "summary; description; transaction description; award description; info; details; contract description",
        0.6: "notes; note; comments; comment; remarks; about; text; purpose; narrative",
    },
    "link": {
        0.95: "link; url; source url; source link; website; web page; article; article url; document url; portal url",
        0.85: "source; sources; reference; archive url; document; evidence; citation; contract link; news story",
    },
}
_SELLERS = frozenset(re.findall(r"\w+", "vendor supplier recipient contractor company seller manufacturer payee"))
_MAINTENANCE = frozenset(
    re.findall(r"\w+", "link source article updated accessed seen missing fetch fetched retrieved created published")
)
_MEANS_ELSE = {
    **dict.fromkeys(("city", "county", "state", "latitude", "longitude", "agency_type", "ori"), _SELLERS),
    **dict.fromkeys(("decided", "started", "ended"), _MAINTENANCE | {"attempt", "analysis", "prediction", "birth"}),
    "status": _MAINTENANCE | {"code", "http", "marital"},
    "amount": frozenset({"count", "number", "population"}),
}
"""Words beside a known one that show that something else is meant: a vendor's city, the date of a link."""
_NAMES_MORE = 0.75
"""How much less sure a header is that says more than we know: “primary vendor”."""
_STRENGTHS = {
    field: {word.strip(): strength for strength, words in by_strength.items() for word in words.split(";")}
    for field, by_strength in _WORDS.items()
}


def words_of(header: str) -> str:
    """The header as plain words: “awardingAgency_Name ($)” is “awarding agency name”."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", header)
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])", " ", bare)
    words = re.findall(r"[^\W_]+", apart.casefold())
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    return " ".join(words)


def told(header: str, field: str) -> float:
    """How surely a column of this name is the field, between 0 and 1.

    A header that ends in one of the known words counts for less; a vendor's city is no agency's.
    """
    words = words_of(header)
    known = _STRENGTHS[field]
    if words in known:
        return known[words]
    if _MEANS_ELSE.get(field, frozenset()) & set(words.split()):
        return 0.0
    ends = [strength for word, strength in known.items() if words.endswith(f" {word}")]
    return max(ends, default=0.0) * _NAMES_MORE
