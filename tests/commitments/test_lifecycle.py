"""The state of a commitment on a day: one table of cases per kind of history. Written as `declared action …`.

A line such as `2020-06-10 announced until 2021-06-10` is one term; see `term`. `order` is the place in the list.
"""

from datetime import date, timedelta

import pytest

from tracker.commitments.lifecycle import Action, End, EndKind, Standing, State, Term, standing
from tracker.dates import PartialDate

NOT_YET_MADE, ANNOUNCED, IN_FORCE, SUSPENDED, ENDED, SUPERSEDED, LAPSED = State


def term(order: int, line: str) -> Term:
    """`DATE ACTION [from DATE] [until DATE | permanently | indefinitely | until-condition [DATE]] [confirm-by DAY]`."""
    words = line.split()
    said = {"from": "", "until": "", "confirm-by": "", "until-condition": ""}
    flags = set()
    for place, word in enumerate(words):
        if word in said and words[place + 1 : place + 2] != ["confirm-by"]:
            said[word] = "".join(words[place + 1 : place + 2])
        if word in ("permanently", "indefinitely", "until-condition"):
            flags.add(word)
    if said["until"]:
        end = End(EndKind.FIXED, PartialDate.parse(said["until"]))
    elif "until-condition" in flags:
        not_before = PartialDate.parse(said["until-condition"]) if said["until-condition"] else None
        end = End(EndKind.CONDITIONAL, condition="the commissioner authorises it", not_before=not_before)
    elif "permanently" in flags:
        end = End(EndKind.PERMANENT)
    else:
        end = End(EndKind.INDEFINITE if "indefinitely" in flags else EndKind.UNKNOWN)
    return Term(
        order=order,
        declared_on=PartialDate.parse(words[0]),
        action=Action(words[1]),
        effective_from=PartialDate.parse(said["from"]) if said["from"] else None,
        end=end,
        reconfirm_by=date.fromisoformat(said["confirm-by"]) if said["confirm-by"] else None,
    )


def history(*lines: str) -> list[Term]:
    return [term(order, line) for order, line in enumerate(lines, start=1)]


def on(terms: list[Term], day: str) -> Standing:
    return standing(terms, date.fromisoformat(day))


AMAZON = history(
    "2020-06-10 announced until 2021-06-10",
    "2021-05-18 extended indefinitely confirm-by 2022-05-18",
    "2021-05-18 made_indefinite indefinitely confirm-by 2022-05-18",
    "2024-01-26 narrowed indefinitely confirm-by 2025-01-26",
)


@pytest.mark.parametrize(
    ("day", "state", "expiring", "unconfirmed", "days_left", "end"),
    [
        ("2020-06-09", NOT_YET_MADE, False, False, None, None),
        ("2020-06-10", IN_FORCE, False, False, 365, EndKind.FIXED),
        ("2021-03-11", IN_FORCE, False, False, 91, EndKind.FIXED),
        ("2021-03-12", IN_FORCE, True, False, 90, EndKind.FIXED),
        ("2021-05-11", IN_FORCE, True, False, 30, EndKind.FIXED),
        ("2021-05-17", IN_FORCE, True, False, 24, EndKind.FIXED),
        ("2021-05-18", IN_FORCE, False, False, None, EndKind.INDEFINITE),
        ("2021-06-10", IN_FORCE, False, False, None, EndKind.INDEFINITE),
        ("2022-05-18", IN_FORCE, False, False, None, EndKind.INDEFINITE),
        ("2022-05-19", IN_FORCE, False, True, None, EndKind.INDEFINITE),
        ("2024-01-25", IN_FORCE, False, True, None, EndKind.INDEFINITE),
        ("2024-01-26", IN_FORCE, False, False, None, EndKind.INDEFINITE),
        ("2025-01-26", IN_FORCE, False, False, None, EndKind.INDEFINITE),
        ("2025-01-27", IN_FORCE, False, True, None, EndKind.INDEFINITE),
    ],
)
def test_amazons_moratorium(
    day: str, state: State, expiring: bool, unconfirmed: bool, days_left: int | None, end: EndKind | None
) -> None:
    stands = on(AMAZON, day)
    assert (stands.state, stands.expiring, stands.unconfirmed, stands.days_left) == (
        state,
        expiring,
        unconfirmed,
        days_left,
    )
    assert (stands.end.kind if stands.end else None) == end


@pytest.mark.parametrize("day", ["2021-06-09", "2021-06-10", "2022-06-10"])
def test_amazons_moratorium_had_nobody_extended_it(day: str) -> None:
    stands = on(AMAZON[:1], day)
    assert stands.state is (IN_FORCE if day == "2021-06-09" else LAPSED)
    assert stands.days_left == (1 if day == "2021-06-09" else None)


CASES: dict[str, tuple[list[Term], dict[str, State]]] = {
    "a sunset in a law signed before it holds (AB 1215)": (
        history("2019-10-08 announced from 2020-01-01 until 2023-01-01"),
        {
            "2019-10-07": NOT_YET_MADE,
            "2019-10-08": ANNOUNCED,
            "2019-12-31": ANNOUNCED,
            "2020-01-01": IN_FORCE,
            "2022-12-31": IN_FORCE,
            "2023-01-01": LAPSED,
        },
    ),
    "an end day that still counts, stored as the day after (Baltimore)": (
        history("2021-08-09 announced from 2021-09-08 until 2023-01-01"),
        {"2021-09-07": ANNOUNCED, "2021-09-08": IN_FORCE, "2022-12-31": IN_FORCE, "2023-01-01": LAPSED},
    ),
    "two answers on one day: the second rules": (
        history("2019-09-20 announced indefinitely", "2019-09-23 reaffirmed indefinitely", "2019-09-23 reversed"),
        {"2019-09-19": NOT_YET_MADE, "2019-09-22": IN_FORCE, "2019-09-23": ENDED},
    ),
    "made and taken back on one day": (
        history("2020-01-01 announced", "2020-01-01 withdrawn", "2020-01-01 reinstated permanently"),
        {"2019-12-31": NOT_YET_MADE, "2020-01-01": IN_FORCE},
    ),
    "an earlier term runs on while a later one is not yet effective": (
        history("2020-01-01 announced until 2021-01-01", "2020-06-01 extended from 2021-01-01 until 2022-01-01"),
        {
            "2020-06-01": IN_FORCE,
            "2020-12-31": IN_FORCE,
            "2021-01-01": IN_FORCE,
            "2021-12-31": IN_FORCE,
            "2022-01-01": LAPSED,
        },
    ),
    "a gap between an end and the next beginning": (
        history("2020-01-01 announced until 2021-01-01", "2020-06-01 extended from 2021-03-01 permanently"),
        {"2020-12-31": IN_FORCE, "2021-01-01": ANNOUNCED, "2021-02-28": ANNOUNCED, "2021-03-01": IN_FORCE},
    ),
    "replaced by a laxer law that holds later (Virginia)": (
        history("2021-03 announced from 2021-07-01 until-condition", "2022-04-07 replaced from 2022-07-01"),
        {
            "2021-02-28": NOT_YET_MADE,
            "2021-03-01": ANNOUNCED,
            "2021-06-30": ANNOUNCED,
            "2021-07-01": IN_FORCE,
            "2022-04-07": IN_FORCE,
            "2022-06-30": IN_FORCE,
            "2022-07-01": SUPERSEDED,
        },
    ),
    "suspended and reinstated": (
        history("2020-01-01 announced indefinitely", "2020-06-01 suspended", "2020-09-01 reinstated indefinitely"),
        {"2020-05-31": IN_FORCE, "2020-06-01": SUSPENDED, "2020-08-31": SUSPENDED, "2020-09-01": IN_FORCE},
    ),
    "a suspension runs on until a reinstatement holds": (
        history("2020-01-01 announced", "2020-06-01 suspended", "2020-07-01 reinstated from 2020-09-01"),
        {"2020-07-01": SUSPENDED, "2020-08-31": SUSPENDED, "2020-09-01": IN_FORCE},
    ),
    "suspended past what was once its end": (
        history("2020-01-01 announced until 2020-12-31", "2020-06-01 suspended"),
        {"2020-12-31": SUSPENDED, "2025-01-01": SUSPENDED},
    ),
    "withdrawn": (
        history("2020-01-01 announced", "2020-06-01 withdrawn"),
        {"2020-05-31": IN_FORCE, "2020-06-01": ENDED},
    ),
    "reversed": (
        history("2020-01-01 announced", "2020-06-01 reversed"),
        {"2020-05-31": IN_FORCE, "2020-06-01": ENDED},
    ),
    "overturned by a court, then restored by a higher one (Clearview and the ICO)": (
        history("2022-05-18 announced permanently", "2023-10-17 overturned", "2025-10-07 reinstated permanently"),
        {"2023-10-16": IN_FORCE, "2023-10-17": ENDED, "2025-10-06": ENDED, "2025-10-07": IN_FORCE},
    ),
    "withdrawn before it ever held": (
        history("2020-01-01 announced from 2021-01-01", "2020-06-01 withdrawn"),
        {"2020-05-31": ANNOUNCED, "2020-06-01": ENDED, "2021-01-01": ENDED},
    ),
    "a stop declared for a day before the promise would hold": (
        history("2020-01-01 announced from 2021-01-01", "2020-06-01 withdrawn from 2020-12-01"),
        {"2020-06-01": ANNOUNCED, "2020-11-30": ANNOUNCED, "2020-12-01": ENDED, "2021-01-01": ENDED},
    ),
    "a stop that is not yet effective does not hide that the promise lapsed meanwhile": (
        history("2020-01-01 announced until 2021-01-01", "2020-06-01 withdrawn from 2021-06-01"),
        {"2020-12-31": IN_FORCE, "2021-01-01": LAPSED, "2021-05-31": LAPSED, "2021-06-01": ENDED},
    ),
    "an end that was taken out before it bit (Colorado)": (
        history(
            "2022-06 announced until 2025-07-01",
            "2025-04-18 made_indefinite indefinitely",
            "2025-04-18 narrowed indefinitely",
        ),
        {"2022-05-31": NOT_YET_MADE, "2022-06-01": IN_FORCE, "2025-04-17": IN_FORCE, "2025-07-01": IN_FORCE},
    ),
    "renewed after it had lapsed": (
        history("2020-01-01 announced until 2021-01-01", "2021-03-01 extended until 2022-01-01"),
        {"2021-01-01": LAPSED, "2021-02-28": LAPSED, "2021-03-01": IN_FORCE, "2022-01-01": LAPSED},
    ),
    "announced again after it ended, to hold later": (
        history("2020-01-01 announced", "2020-06-01 withdrawn", "2020-07-01 reinstated from 2021-01-01"),
        {"2020-06-30": ENDED, "2020-07-01": ANNOUNCED, "2021-01-01": IN_FORCE},
    ),
    "in force before it was declared": (
        history("2020-06-10 announced from 2020-01-01 until 2020-12-31"),
        {
            "2020-01-01": NOT_YET_MADE,
            "2020-06-09": NOT_YET_MADE,
            "2020-06-10": IN_FORCE,
            "2020-12-31": LAPSED,
        },
    ),
    "declared in a month: from its first day": (
        history("2020-06 announced"),
        {"2020-05-31": NOT_YET_MADE, "2020-06-01": IN_FORCE},
    ),
    "declared in a year: from its first day": (
        history("2020 announced"),
        {"2019-12-31": NOT_YET_MADE, "2020-01-01": IN_FORCE},
    ),
    "effective in a month: from its first day": (
        history("2020-06-10 announced from 2020-09"),
        {"2020-08-31": ANNOUNCED, "2020-09-01": IN_FORCE},
    ),
    "ends in a month: lapses after its last day": (
        history("2020-06-10 announced until 2021-06"),
        {"2021-06-01": IN_FORCE, "2021-06-30": IN_FORCE, "2021-07-01": LAPSED},
    ),
    "ends in a year: lapses after its last day": (
        history("2020-06-10 announced until 2021"),
        {"2021-01-01": IN_FORCE, "2021-12-31": IN_FORCE, "2022-01-01": LAPSED},
    ),
    "ends in the year in which it was declared": (
        history("2020-06-10 announced until 2020"),
        {"2020-06-10": IN_FORCE, "2020-12-31": IN_FORCE, "2021-01-01": LAPSED},
    ),
    "the later of a date and a condition (schools in New York)": (
        history("2020-12-22 announced until-condition 2022-07-01", "2023-09-27 made_permanent permanently"),
        {"2022-07-01": IN_FORCE, "2023-09-26": IN_FORCE, "2023-09-27": IN_FORCE},
    ),
    "a later declaration holds at once: the one that was to come is no more": (
        history("2020-01-01 announced", "2020-02-01 widened from 2021-01-01", "2020-03-01 withdrawn"),
        {"2020-02-01": IN_FORCE, "2020-03-01": ENDED, "2021-01-01": ENDED},
    ),
}


@pytest.mark.parametrize(
    ("terms", "day", "state"),
    [
        pytest.param(terms, day, state, id=f"{name}: {day}")
        for name, (terms, days) in CASES.items()
        for day, state in days.items()
    ],
)
def test_where_it_stands(terms: list[Term], day: str, state: State) -> None:
    assert on(terms, day).state is state
    assert on(terms[::-1], day).state is state, "the order in which terms are given must not matter"


def test_nothing_was_ever_declared() -> None:
    stands = on([], "2020-06-10")
    assert (stands.state, stands.ruling, stands.end, stands.days_left) == (NOT_YET_MADE, None, None, None)


@pytest.mark.parametrize(
    ("until", "day", "expiring"),
    [
        ("2021-06-10", "2021-03-11", False),
        ("2021-06-10", "2021-03-12", True),
        ("2021-06-10", "2021-06-09", True),
        ("2021-06-10", "2021-06-10", False),
        ("2021-06", "2021-03-02", False),
        ("2021-06", "2021-03-03", True),
        ("2021-06", "2021-06-30", True),
        ("2021-06", "2021-07-01", False),
        ("2021", "2020-10-02", False),
        ("2021", "2020-10-03", True),
        ("2021", "2021-12-31", True),
        ("2021", "2022-01-01", False),
    ],
)
def test_it_expires_from_ninety_days_before_the_first_day_of_its_end(until: str, day: str, expiring: bool) -> None:
    assert on(history(f"2020-06-10 announced until {until}"), day).expiring is expiring


def test_what_is_shorter_than_the_notice_expires_from_its_first_day() -> None:
    assert on(history("2020-06-10 announced until 2020-07-10"), "2020-06-10").expiring


def test_what_has_not_begun_or_stands_still_does_not_expire() -> None:
    not_begun = history("2020-06-10 announced from 2020-07-01 until 2020-08-01")
    suspended = [*history("2020-06-10 announced until 2020-08-01"), term(2, "2020-06-20 suspended")]
    assert not on(not_begun, "2020-06-30").expiring
    assert on(not_begun, "2020-07-01").expiring
    assert on(suspended, "2020-06-19").expiring
    assert not on(suspended, "2020-06-20").expiring


@pytest.mark.parametrize("end", ["indefinitely", "permanently", "until-condition", "until-condition 2022-07-01", ""])
@pytest.mark.parametrize(("day", "unconfirmed"), [("2021-06-10", False), ("2021-06-11", True), ("2031-06-11", True)])
def test_without_an_end_date_it_must_be_confirmed(end: str, day: str, unconfirmed: bool) -> None:
    stands = on(history(f"2020-06-10 announced {end} confirm-by 2021-06-10"), day)
    assert (stands.state, stands.unconfirmed) == (IN_FORCE, unconfirmed)


def test_with_an_end_date_or_stopped_it_need_not_be_confirmed() -> None:
    fixed = history("2020-06-10 announced until 2022-06-10 confirm-by 2021-06-10")
    stopped = history("2020-06-10 announced confirm-by 2021-06-10", "2020-07-01 suspended confirm-by 2021-06-10")
    assert not on(fixed, "2021-06-11").unconfirmed
    assert not on(stopped, "2021-06-11").unconfirmed


def test_what_is_still_to_come_is_known() -> None:
    terms = history(
        "2020-01-01 announced until 2021-01-01",
        "2020-06-01 extended from 2021-01-01 until 2022-01-01",
        "2020-07-01 withdrawn from 2021-06-01",
    )
    assert on(terms, "2020-05-31").pending is None
    assert on(terms, "2020-06-15").pending == terms[1]
    assert on(terms, "2020-07-01").pending == terms[2]
    assert on(terms, "2020-07-01").ruling == terms[0]
    assert on(terms, "2021-01-01").pending == terms[2]
    assert on(terms, "2021-06-01").pending is None


def test_what_is_announced_is_ruled_by_what_was_announced() -> None:
    (announced,) = terms = history("2019-10-08 announced from 2020-01-01 until 2023-01-01")
    stands = on(terms, "2019-10-08")
    assert (stands.ruling, stands.pending, stands.days_left) == (announced, announced, None)
    assert stands.end == announced.end


def test_what_is_declared_later_is_not_known_before() -> None:
    for day in range((date(2025, 2, 1) - date(2020, 6, 1)).days):
        then = date(2020, 6, 1) + timedelta(days=day)
        known = [each for each in AMAZON if each.declared_on.first <= then]
        assert standing(AMAZON, then) == standing(known, then)


def test_the_first_and_the_last_day_of_the_calendar() -> None:
    terms = history("0001-01-01 announced until 0001-01-02", "9998-12-31 announced until 9998")
    assert standing(terms, date.min).state is IN_FORCE
    assert standing(terms, date.max).state is LAPSED
