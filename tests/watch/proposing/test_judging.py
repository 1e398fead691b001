"""The parts of judging: stems and masks, senses, scales, and what a day in a text is."""

from datetime import date

import pytest

from tracker.watch.proposing.judging.days import days, lengths
from tracker.watch.proposing.judging.judgement import judge
from tracker.watch.proposing.judging.reasons import in_words
from tracker.watch.proposing.judging.scale import Scale, learned
from tracker.watch.proposing.judging.senses import senses_in, senses_of
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.judging.words import masked, stems
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.propose import propose, told_in

PUBLISHED = date(2024, 5, 10)


def told(*blocks: str, new: set[int] | None = None) -> Told:
    found = told_in(blocks, published=PUBLISHED, known=Known(), new=new)
    assert found is not None
    return found


def test_words_are_told_by_their_stems_and_names_days_and_lengths_by_what_they_are() -> None:
    assert stems("Suspended, suspends: 14 readers") == ["suspend", "suspend", ":", "NUM", "reader"]
    assert masked("Tandem pauses it for a year", [(0, 6, "ORG"), (21, 27, "LENGTH")]) == [
        "ORG",
        "paus",
        "it",
        "for",
        "LENGTH",
    ]
    words = told("Orrin Systems said on Monday it will stop until 1 March 2025, for one year.").words[0]
    assert {"NEAR", "AHEAD", "LENGTH"} <= set(words)


def test_different_wordings_have_one_sense_and_a_negation_another() -> None:
    for wording in ("the readers were mothballed", "it was put on ice", "all units stand down"):
        assert "pause" in senses_of(wording)
    assert "~sell" in senses_of("the company does not sell them")
    assert {one.sense for one in senses_in(stems("it will run for another six months"))} >= {"extend"}


def test_a_scale_adds_up_what_each_feature_says() -> None:
    scale = Scale(("no", "yes"), (0.0, -1.0), {"stops": (0.0, 3.0), "asks": (0.0, -2.0)})
    assert scale.best({"stops": 1.0}) == "yes"
    assert scale.best({"stops": 1.0, "asks": 1.5}) == "no"
    assert sum(scale.weigh({"stops": 0.3, "unheard of": 9.0}).values()) == pytest.approx(1.0)
    assert scale.spoke_for({"stops": 1.0, "asks": 1.0}, "yes", most=3) == ["stops"]


def test_every_question_has_its_scale_and_each_weight_an_answer() -> None:
    assert set(learned()) == {
        "announcing",
        "main",
        "whole",
        "action",
        "anyone",
        "company",
        "excepted",
        "quoted",
        "day",
        "length",
        "condition",
    }
    for scale in learned().values():
        assert all(len(said) == len(scale.answers) == len(scale.start) for said in scale.weights.values())


def test_days_and_terms_are_found_with_their_sentences() -> None:
    read = told(
        "It stops on Friday.", "The pause lasts a year and a half, or until New Year's Eve. Files are kept a week."
    )
    assert [(one.sentence, str(one.what.date)) for one in days(read)] == [(0, "2024-05-10"), (1, "2024-12-31")]
    assert [(one.sentence, one.what.months) for one in lengths(read)] == [(1, 18)]


def test_what_was_there_before_announces_nothing() -> None:
    old = "Tandem has suspended all sales of its face recognition software to the police for one year."
    new = "Our offices in Leeds have moved to a new building near the station."
    assert propose([old], published=PUBLISHED, known=Known())
    assert not propose([old, new], published=PUBLISHED, known=Known(), new={1})


def test_a_text_in_which_nothing_could_announce_anything_is_not_judged() -> None:
    assert told_in([], published=PUBLISHED, known=Known()) is None
    assert told_in(["Will they stop?"], published=PUBLISHED, known=Known()) is None


def test_the_reasons_of_a_lead_name_what_spoke_for_it() -> None:
    text = "Tandem said on Monday that it has suspended sales of its face recognition software to the police."
    (lead,) = propose([text], published=PUBLISHED, known=Known())
    assert lead.reasons[0].endswith("new moratorium")
    assert "pause" in lead.reasons[1]


def test_the_same_text_is_judged_the_same() -> None:
    text = "Tandem said on Monday that it has suspended sales of its face recognition software to the police."
    one, other = (judge(told(text), learned()) for _ in range(2))
    assert (one.likelihood, one.actions, one.companies) == (other.likelihood, other.actions, other.companies)


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("pause", "pause"),
        ("~begin_contract", "not a contract begins"),
        ("ORG>~sell", "a company, then not sell"),
        ("the sentence after: open_end", "the sentence after: an open end"),
        ("“ORG suspend”", "“(a company) suspend”"),
        ("“^ ORG”", None),
        ("sentence 3", None),
    ],
)
def test_an_editor_reads_reasons_in_words(feature: str, words: str | None) -> None:
    assert in_words(feature) == words
