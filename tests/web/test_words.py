"""What the site says about where a promise stands."""

from datetime import date

import pytest

from tracker.commitments.lifecycle import Action, End, EndKind, Term, standing
from tracker.dates import PartialDate
from tracker.web import words
from tracker.web.templatetags.web import stop

D = PartialDate.parse


def term(
    declared: str,
    action: str = "announced",
    *,
    order: int = 1,
    ends: str = "",
    kind: str = "",
    **more: object,
) -> Term:
    end = End(
        EndKind(kind or ("fixed" if ends else "unknown")),
        D(ends) if ends else None,
        str(more.get("condition", "")),
        D(str(more["not_before"])) if "not_before" in more else None,
    )
    effective = D(str(more["effective"])) if "effective" in more else None
    reconfirm = date.fromisoformat(str(more["reconfirm"])) if "reconfirm" in more else None
    return Term(order, D(declared), Action(action), effective, end, reconfirm)


AMAZON = [
    term("2020-06-10", ends="2021-06-10"),
    term("2021-05-18", "extended", order=2, kind="indefinite", reconfirm="2022-05-18"),
    term("2024-01-26", "narrowed", order=3, kind="indefinite", reconfirm="2025-01-26"),
]
AB1215 = [term("2019-10-08", effective="2020-01-01", ends="2023-01-01")]
RITE_AID = [term("2023-12-19", ends="2028-12")]
NEW_YORK = [
    term("2020-12-22", kind="conditional", condition="the commissioner authorises it.", not_before="2022-07-01")
]
RING = [term("2024-01-24"), term("2025-04", "reversed", order=2)]
REVERSED_TWICE = [*RING, term("2025-10-16", "reversed", order=3)]
REINSTATED = [
    term("2022-05-24", kind="permanent"),
    term("2023-10-17", "overturned", order=2),
    term("2025-10-07", "reinstated", order=3, kind="permanent"),
]
FEDERAL_LAW = [
    term("2020-06-11", kind="conditional", condition="Until a national law grounded in human rights exists.")
]
HALTED = [term("2022-01-01"), term("2022-05-03", "suspended", order=2)]


@pytest.mark.parametrize(
    ("terms", "on", "known", "said"),
    [
        (AMAZON, "2020-06-09", words.Known(), "Not yet made on 9 June 2020."),
        (AMAZON, "2020-06-10", words.Known(), "In force until 10 June 2021: 1 y left."),
        (AMAZON, "2021-05-17", words.Known(), "In force until 10 June 2021: 24 days left."),
        (AMAZON, "2021-06-09", words.Known(), "In force, with no end date."),
        (
            AMAZON,
            "2024-02-01",
            words.Known(confirmed_on=D("2024-01-26")),
            "In force, with no end date. Last confirmed 26 January 2024.",
        ),
        (
            AMAZON,
            "2026-11-23",
            words.Known(confirmed_on=D("2024-01-26")),
            "In force, with no end date. Last confirmed 26 January 2024; no source confirms it since.",
        ),
        (AB1215, "2019-12-12", words.Known(), "Announced; takes effect on 1 January 2020, in 20 days."),
        (AB1215, "2022-12-31", words.Known(), "In force until 1 January 2023: 1 day left."),
        (AB1215, "2022-12-31", words.Known(through=True), "In force through 31 December 2022: 1 day left."),
        (AB1215, "2023-01-01", words.Known(), "Lapsed on 1 January 2023; no renewal is on record."),
        (
            AB1215,
            "2023-01-01",
            words.Known(through=True),
            "Lapsed after 31 December 2022, its last day; no renewal is on record.",
        ),
        (
            RITE_AID,
            "2026-11-23",
            words.Known(),
            "In force until December 2028, day not known: at most 2 y 39 d left.",
        ),
        (RITE_AID, "2029-01-01", words.Known(), "Lapsed in December 2028, day not known; no renewal is on record."),
        (
            NEW_YORK,
            "2021-01-01",
            words.Known(),
            "In force until the later of 1 July 2022 and the commissioner authorises it.",
        ),
        (RING, "2024-06-01", words.Known(), "In force; no source gives an end."),
        (RING, "2025-05-01", words.Known(), "Reversed in April 2025."),
        (REVERSED_TWICE, "2025-09-01", words.Known(), "Reversed in April 2025."),
        (REVERSED_TWICE, "2026-01-01", words.Known(), "Reversed in April 2025."),
        (
            FEDERAL_LAW,
            "2021-01-01",
            words.Known(),
            "In force until a national law grounded in human rights exists.",
        ),
        (
            RING,
            "2024-06-01",
            words.Known(confirmed_on=D("2024-05-01"), contested=True),
            "In force; no source gives an end. The latest source is of 1 May 2024.",
        ),
        (HALTED, "2023-01-01", words.Known(), "Suspended since 3 May 2022."),
    ],
)
def test_the_headline_says_where_a_promise_stands(terms: list[Term], on: str, known: words.Known, said: str) -> None:
    assert words.headline(standing(terms, date.fromisoformat(on)), known, terms) == said


@pytest.mark.parametrize(
    ("terms", "on", "known", "said"),
    [
        (AMAZON, "2020-06-09", words.Known(), ""),
        (
            AMAZON,
            "2020-06-10",
            words.Known(computed=True),
            "because the announcement of 10 June 2020 gave a length; the day is worked out from it",
        ),
        (AMAZON, "2021-06-09", words.Known(), "because the extension of 18 May 2021 names no end"),
        (AMAZON, "2026-11-23", words.Known(), "because the extension of 18 May 2021 names no end"),
        (
            AB1215,
            "2019-12-12",
            words.Known("statute"),
            "because the enactment of 8 October 2019 takes effect later",
        ),
        (
            AB1215,
            "2023-01-01",
            words.Known("statute"),
            "because the enactment of 8 October 2019 set that end, and no renewal is known by 1 January 2023",
        ),
        (RING, "2025-05-01", words.Known(), "because of the reversal of April 2025"),
        (REVERSED_TWICE, "2026-01-01", words.Known(), "because of the reversal of April 2025"),
        (
            RING,
            "2024-06-01",
            words.Known(),
            "because no source on record takes back the announcement of 24 January 2024 or tells when it ends",
        ),
        (
            REINSTATED,
            "2026-01-01",
            words.Known("regulator"),
            "because the reinstatement of 7 October 2025 put it back in force",
        ),
    ],
)
def test_the_reason_names_the_declaration_that_set_the_end(
    terms: list[Term], on: str, known: words.Known, said: str
) -> None:
    assert words.why(standing(terms, date.fromisoformat(on)), known, terms) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-23", "2026-11-23", "no days"),
        ("2026-11-23", "2026-11-24", "1 day"),
        ("2026-11-24", "2027-05-11", "168 days"),
        ("2026-11-23", "2028-06-28", "1 y 218 d"),
        ("2024-02-29", "2026-02-28", "2 y"),
        ("2023-01-01", "2021-01-01", "2 y"),
        ("2023-12-31", "2024-12-30", "365 days"),
    ],
)
def test_a_time_between_two_days_is_told_in_years_and_days(start: str, end: str, said: str) -> None:
    assert words.span(date.fromisoformat(start), date.fromisoformat(end)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2020-06-10", "on 10 June 2020"),
        ("2020-06", "in June 2020, day not known"),
        ("2020", "in 2020, month not known"),
    ],
)
def test_a_date_that_is_not_known_to_the_day_says_so(when: str, said: str) -> None:
    assert words.uncertain(D(when)) == said


def test_every_state_has_a_word_and_a_shape_of_its_own() -> None:
    made = [key for key in words.SHAPES if key != "not-yet-made"]
    assert len({words.SHAPES[key] for key in made}) == len(made) == 7
    assert words.state_word(standing(AMAZON, date(2021, 4, 1))) == "expiring"
    assert words.state_word(standing(RING, date(2025, 5, 1))) == "ended"


def test_what_is_declared_but_not_yet_effective_is_told_beside_the_state() -> None:
    virginia = [
        term("2021-03-30", kind="conditional", condition="a law allows it"),
        term("2022-04-11", "replaced", order=2, effective="2022-07-01"),
    ]
    assert (
        words.ahead(standing(virginia, date(2022, 6, 30)))
        == "The replacement of 11 April 2022 takes effect on 1 July 2022."
    )
    assert words.ahead(standing(virginia, date(2022, 7, 1))) == ""


def test_the_first_declaration_is_called_by_what_made_it_binding() -> None:
    assert [
        words.action_word(Action.ANNOUNCED, nature) for nature in ("voluntary", "statute", "court_order", "settlement")
    ] == [
        "Announced",
        "Enacted",
        "Ordered",
        "Settled",
    ]
    assert words.action_word(Action.EXTENDED, "statute") == "Extended"


@pytest.mark.parametrize(
    ("terms", "on", "nature", "said"),
    [
        (AMAZON, "2026-11-23", "voluntary", "It is voluntary: whoever made it can end it on any day."),
        (AMAZON, "2026-11-23", "statute", "Only a later law or a ruling ends it."),
        (RING, "2024-06-01", "regulator", "No source gives an end, so none can be worked out from the calendar."),
        (FEDERAL_LAW, "2021-01-01", "voluntary", "it holds until a national law grounded in human rights exists."),
        (RITE_AID, "2026-11-23", "regulator", "It lapses in December 2028, day not known, unless a renewal"),
    ],
)
def test_what_would_end_a_promise_depends_on_what_binds_it(terms: list[Term], on: str, nature: str, said: str) -> None:
    assert said in words.lapse_conditions(standing(terms, date.fromisoformat(on)), nature)


def test_dates_inside_a_note_are_told_as_everywhere_on_the_page() -> None:
    assert (
        words.dates_in_words("signed 2022-04-27, unpaid as of 2025-10")
        == "signed 27 April 2022, unpaid as of October 2025"
    )
    assert words.dates_in_words("2019-2020, bill 23-0379, 2021-02-30") == "2019-2020, bill 23-0379, 2021-02-30"


@pytest.mark.parametrize(("name", "mark"), [("Meta Platforms, Inc.", ""), ("Amazon", ".")])
def test_a_sentence_ends_once_after_a_name_with_its_own_full_stop(name: str, mark: str) -> None:
    assert stop(name) == mark
