"""What is told of a page, look by look: what lasts, never what comes and goes, and nothing is lost."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tracker.watch.reading.habits import CHANGES_EACH_TIME, COMES_AND_GOES
from tracker.watch.reading.look import LASTING_LOOKS, Look, look, resettle, start_anew
from tracker.watch.reading.memory import Memory
from tracker.watch.reading.page import EXTRACTOR, read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BODY = (
    "We sell our cameras to towns and to nobody else, as our founders promised when they began the company.",
    "Police departments get recordings from us only when a judge has signed a warrant that names the place.",
    "Records are deleted after thirty days, unless the person who was recorded asks us to keep them for longer.",
    "The terms on this page hold in every country in which our products may be bought by a public body.",
)
PROMISE = "We will not sell face recognition to the police before 10 June 2027, whatever the law then says."
PROMOTION = "Buy two cameras this week and get the third one for nothing, with free delivery to your door."


class Watched:
    """A page that is looked at, its memory going through JSON between two looks, as in production."""

    def __init__(self, *, rulings: Mapping[str, bool] | None = None) -> None:
        self.memory: Memory | None = None
        self.rulings = rulings or {}
        self.at = NOW

    def look(self, *texts: str, status: int = 200, later: timedelta = DAY) -> Look:
        """The page says these paragraphs now."""
        self.at += later
        html = "<html><body><main>" + "".join(f"<p>{text}</p>" for text in texts) + "</main></body></html>"
        found = look(self.memory, read(html, "text/html"), at=self.at, status=status, rulings=self.rulings)
        self.memory = Memory.of_json(found.memory.as_json()) if found.memory else None
        assert self.memory == found.memory
        return found

    def outcomes(self, *pages: tuple[str, ...]) -> list[str]:
        """What comes of one look after the other."""
        return [str(self.look(*page).outcome) for page in pages]


def new(*more: str) -> tuple[str, ...]:
    return (*BODY[:2], *more, *BODY[2:])


def test_a_change_is_told_at_the_second_look_with_its_place_and_its_day() -> None:
    page = Watched()
    assert page.outcomes(BODY, BODY, new(PROMISE)) == ["first", "unchanged", "suspected"]
    first_seen = page.at
    told = page.look(*new(PROMISE), later=timedelta(minutes=10))
    assert (told.outcome, told.since) == ("changed", first_seen)
    assert [(added.index, added.text) for added in told.difference.added] == [(2, PROMISE)]
    assert page.outcomes(new(PROMISE)) == ["unchanged"]


def test_one_word_of_a_sentence_is_a_change() -> None:
    page = Watched()
    page.outcomes(new(PROMISE), new(PROMISE.replace("2027", "2026")))
    told = page.look(*new(PROMISE.replace("2027", "2026")))
    assert told.outcome == "changed"
    assert told.difference.removed == (PROMISE,)


def test_what_is_taken_back_before_the_second_look_is_no_change() -> None:
    page = Watched()
    assert page.outcomes(BODY, new(PROMISE), BODY, BODY) == ["first", "suspected", "withdrawn", "unchanged"]
    assert page.memory is not None
    assert [(habit.kind, habit.what, habit.times) for habit in page.memory.habits] == [(COMES_AND_GOES, PROMISE, 1)]


def test_what_comes_and_goes_here_is_soon_not_even_suspected() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMOTION), BODY, new(PROMOTION), BODY)
    assert page.outcomes(new(PROMOTION), BODY, new(PROMOTION), BODY) == ["unchanged", "withdrawn"] * 2
    # Beside it, what is new is seen as ever, and told without it.
    assert page.outcomes(new(PROMOTION, PROMISE)) == ["suspected"]
    told = page.look(*new(PROMOTION, PROMISE))
    assert [added.text for added in told.difference.added] == [PROMISE]


def test_a_habit_that_stays_is_told_after_all() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMISE), BODY, new(PROMISE), BODY)
    outcomes = page.outcomes(*[new(PROMISE)] * LASTING_LOOKS)
    assert outcomes == ["unchanged"] * (LASTING_LOOKS - 1) + ["changed"]


def test_a_place_that_says_something_else_each_time_is_learned_and_never_told() -> None:
    page = Watched()
    page.look(*new("Quote of the day: nothing ventured, nothing gained, said a wise person once in a book."))
    sayings = [
        "Buyers love the new doorbell that rings in nine different tunes for every guest of yours.",
        "Our founder walked across a desert and wrote down what the stars had told her there.",
        "Seven tips for a garden without weeds, from a gardener who has never owned one herself.",
        "Win a holiday on an island by telling your friends which colour they would paint a door.",
        "Old batteries belong into the green box that stands behind every shop of ours since May.",
    ]
    outcomes = page.outcomes(*(new(saying) for saying in sayings))
    assert "changed" not in outcomes
    assert outcomes[-1] == "unchanged"
    assert page.memory is not None
    assert CHANGES_EACH_TIME in {habit.kind for habit in page.memory.habits}
    page.outcomes(new(sayings[0], PROMISE))
    told = page.look(*new(sayings[1], PROMISE))
    assert [added.text for added in told.difference.added] == [PROMISE]


def test_of_two_changes_at_successive_looks_none_is_lost() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMISE))
    other = "From next year on our cameras cannot be searched by the plate of a car any more, by anybody."
    first = page.look(*new(PROMISE), other)
    second = page.look(*new(PROMISE), other)
    assert [added.text for added in first.difference.added] == [PROMISE]
    assert [added.text for added in second.difference.added] == [other]


def test_a_change_that_is_edited_before_its_second_look_is_told() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMISE))
    edited = PROMISE.replace("10 June 2027", "10 June 2028")
    assert page.outcomes(new(edited), new(edited)) == ["changed", "changed"]


def test_an_editors_word_outranks_what_was_learned() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMOTION), BODY, new(PROMOTION), BODY)
    assert page.memory is not None
    (habit,) = page.memory.habits
    page.rulings = {habit.key: True}
    assert page.outcomes(new(PROMOTION), new(PROMOTION)) == ["suspected", "changed"]
    page.rulings = {habit.key: False}
    assert page.outcomes(*[BODY] * 9) == ["unchanged"] * 9


def test_a_wall_does_not_disturb_what_waits_for_its_second_look() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMISE))
    assert page.look("Just a moment…", "Checking your browser before you go on.").outcome == "blocked"
    assert page.outcomes(new(PROMISE)) == ["changed"]


def test_a_page_that_was_not_there_before_is_new_from_its_first_block() -> None:
    page = Watched()
    page.memory = start_anew()
    assert page.outcomes(BODY) == ["suspected"]
    assert len(page.look(*BODY).difference.added) == len(BODY)


def test_another_page_is_none_of_ours_and_says_for_how_long() -> None:
    page = Watched()
    page.look(*BODY)
    strange = [f"Recipe {number}: take a cup of flour, two eggs and some milk, and stir well." for number in range(9)]
    assert page.outcomes(*[tuple(strange)] * 3) == ["blocked"] * 3
    assert page.memory is not None
    assert (page.memory.replaced_looks, page.memory.replaced_since) == (3, NOW + 2 * DAY)
    assert page.outcomes(BODY) == ["unchanged"]
    assert page.memory.replaced_looks == 0


def test_a_better_extractor_is_no_news_and_keeps_what_was_learned() -> None:
    page = Watched()
    page.outcomes(BODY, new(PROMISE), BODY, new(PROMISE))
    assert page.memory is not None
    after = resettle(page.memory, read("<main>" + "".join(f"<p>{text}</p>" for text in BODY) + "</main>", "text/html"))
    assert (after.suspect, after.habits, after.extractor) == (None, page.memory.habits, EXTRACTOR)


@pytest.mark.parametrize("status", [401, 403, 429, 451, 503])
def test_a_page_that_is_refused_is_blocked_whatever_it_says(status: int) -> None:
    page = Watched()
    page.look(*BODY)
    assert page.look(*BODY, status=status).outcome == "blocked"
