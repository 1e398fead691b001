"""What the site says about where a promise stands."""

from datetime import date

import pytest

from tracker.commitments.lifecycle import Action, End, EndKind, Term, standing
from tracker.dates import PartialDate
from tracker.web import words

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
        (AB1215, "2023-01-01", words.Known(), "Lapsed on 1 January 2023; nobody renewed it."),
        (
            AB1215,
            "2023-01-01",
            words.Known(through=True),
            "In force through 31 December 2022, then lapsed; nobody renewed it.",
        ),
        (RITE_AID, "2026-11-23", words.Known(), "In force until the end of December 2028: 2 y 39 d left."),
        (RITE_AID, "2029-01-01", words.Known(), "Lapsed at the end of December 2028; nobody renewed it."),
        (
            NEW_YORK,
            "2021-01-01",
            words.Known(),
            "In force until the later of 1 July 2022 and: the commissioner authorises it.",
        ),
        (RING, "2024-06-01", words.Known(), "In force; no source gives an end."),
        (RING, "2025-05-01", words.Known(), "Reversed in April 2025."),
        (HALTED, "2023-01-01", words.Known(), "Suspended since 3 May 2022."),
    ],
)
def test_the_headline_says_where_a_promise_stands(terms: list[Term], on: str, known: words.Known, said: str) -> None:
    assert words.headline(standing(terms, date.fromisoformat(on)), known) == said


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
