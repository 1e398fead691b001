"""The questions that the weights answer, each with what it is learned from."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sklearn.model_selection import GroupKFold

from tests.watch.proposing.learning.fitting import fit
from tests.watch.proposing.learning.lessons import Lesson, main_of
from tracker.dates import PartialDate
from tracker.watch.proposing.compose import near_of
from tracker.watch.proposing.judging import announcing, days, ends, excepted, parties, quoted, whole
from tracker.watch.proposing.judging.announcing import NOTHING, Weighed
from tracker.watch.proposing.judging.judgement import Judgement
from tracker.watch.proposing.judging.scale import NO, YES, Scale
from tracker.watch.proposing.until.endings import ending

_FOLDS = 4
Seen = Sequence[tuple[Lesson, Sequence[Weighed]]]


def learn(lessons: Sequence[Lesson]) -> dict[str, Scale]:
    """The scales of all questions. What a question takes from a text's sentences was judged without that text."""
    weighed: list[list[Weighed]] = [[] for _ in lessons]
    # The variants of one case stay together, or it would be judged by itself.
    cases = [one.case["id"] for one in lessons]
    for rest, part in GroupKFold(_FOLDS).split(lessons, groups=cases):
        scale = _announcing([lessons[place] for place in rest])
        for place in part:
            weighed[place] = announcing.weighed(lessons[place].told, scale)
    seen = list(zip(lessons, weighed, strict=True))
    made = [(one, sentences) for one, sentences in seen if one.labels["about_commitment"]]
    scales = {
        "announcing": _announcing(lessons),
        "main": _main(made),
        "whole": _whole(seen),
        "action": _action(made),
        "anyone": _anyone(made),
        "company": _company(made),
        "excepted": _excepted(made),
        "quoted": _quoted(made),
        "day": _day(made),
        "length": _length(made),
    }
    return scales | {"condition": _condition(made, scales)}


def _announcing(lessons: Sequence[Lesson]) -> Scale:
    features, answers, amounts = [], [], []
    for one in lessons:
        for place, quote in enumerate(one.quoted):
            if place in one.told.fresh and quote in (None, 0):
                features.append(announcing.features(one.told, place))
                answers.append(NOTHING if quote is None else one.labels["action"])
                amounts.append(1.0 if quote is None else 2.0)
    return fit(features, answers, freedom=0.2, amounts=amounts)


def _main(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        for place, quote in enumerate(one.quoted):
            if place in one.told.fresh and quote in (None, 0):
                features.append(announcing.of_the_main(one.told, sentences, place))
                answers.append(NO if quote is None else YES)
    return fit(features, answers, freedom=0.2)


def _whole(seen: Seen) -> Scale:
    features = [whole.of_the_text(one.told, sentences) for one, sentences in seen]
    return fit(features, [YES if one.labels["about_commitment"] else NO for one, _ in seen], freedom=0.3)


def _action(made: Seen) -> Scale:
    features = [whole.of_the_action(one.told, sentences) for one, sentences in made]
    answers = [one.labels["action"] for one, _ in made]
    often = Counter(answers)
    # What happens seldom counts more, or everything would be a moratorium.
    amounts = [math.sqrt(max(often.values()) / often[answer]) for answer in answers]
    return fit(features, answers, freedom=0.5, amounts=amounts)


def _anyone(made: Seen) -> Scale:
    features = [whole.of_anyone(one.told, sentences, one.labels["action"]) for one, sentences in made]
    return fit(features, [YES if one.labels["vendors"] else NO for one, _ in made], freedom=0.3)


def _company(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        named = parties.named_in(one.told)
        bound = {_plain(name) for name in one.labels["vendors"]}
        either = {_plain(name) for name in one.labels["vendors_ok"]} - bound
        for name in named:
            if _plain(name) not in either:
                features.append(parties.features(one.told, sentences, name, named, one.labels["action"]))
                answers.append(YES if _plain(name) in bound else NO)
    return fit(features, answers, freedom=0.3)


def _plain(name: str) -> str:
    return re.sub(r",? (?:inc|corp|corporation|llc|ltd|co|company|plc|gmbh)\.?$", "", name.casefold()).strip(" .,")


def _excepted(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        main = main_of(one, sentences)
        for part in excepted.parts_in(one.told, main):
            right = max((_alike(part.text, words) for words in one.labels["carve_outs"]), default=0.0)
            either = max((_alike(part.text, words) for words in one.also("carve_outs_extra")), default=0.0)
            if right >= _ALIKE or either < _ALIKE:
                features.append(excepted.features(one.told, sentences, main, one.labels["action"], part))
                answers.append(YES if right >= _ALIKE else NO)
    return fit(features, answers, freedom=0.5)


_ALIKE = 0.5
_LITTLE_WORDS = "a an the of for to in on by with and or its their that which who from as at be is are any all under"
_LITTLE = frozenset(re.findall(r"\w+", _LITTLE_WORDS))


def _alike(one: str, other: str) -> float:
    """How alike two short texts are by their words; 1 where one's words are all in the other."""
    words, others = (frozenset(re.findall(r"[a-z0-9&]+", text.lower())) - _LITTLE for text in (one, other))
    shared = len(words & others)
    if not shared:
        return 0.0
    return 1.0 if shared == min(len(words), len(others)) else shared / len(words | others)


def _quoted(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        main = main_of(one, sentences)
        for place in sorted(one.told.fresh - {main}):
            features.append(quoted.features(one.told, sentences, main, one.labels["action"], place))
            answers.append(YES if one.quoted[place] is not None else NO)
    return fit(features, answers, freedom=0.2)


def _day(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        named = {days.END: "end", days.DECLARED: "announced", days.EFFECTIVE: "effective"}
        right = {role: {one.labels[field], *one.also(field)} for role, field in named.items()}
        for said in days.days(one.told):
            roles = (role for role, dates in right.items() if str(said.what.date) in dates)
            main = main_of(one, sentences)
            features.append(days.of_a_day(one.told, sentences, main, one.labels["action"], said))
            answers.append(next(roles, days.OTHER))
    return fit(features, answers, freedom=0.3)


def _length(made: Seen) -> Scale:
    features, answers = [], []
    for one, sentences in made:
        right = {one.labels["end"], *one.also("end")} - {None}
        named = [one.labels["announced"], one.labels["effective"], str(one.told.published)]
        starts = [PartialDate.parse(day) for day in named if day] + [said.what.date for said in days.days(one.told)]
        for said in days.lengths(one.told):
            main = main_of(one, sentences)
            features.append(days.of_a_length(one.told, sentences, main, one.labels["action"], said))
            answers.append(YES if {str(said.what.after(start)) for start in starts} & right else NO)
    return fit(features, answers, freedom=0.3)


def _condition(made: Seen, scales: Mapping[str, Scale]) -> Scale:
    features = []
    for one, sentences in made:
        action, main = one.labels["action"], main_of(one, sentences)
        likely = days.dates_of(one.told, sentences, main, action, scales).likely
        published = PartialDate(one.told.published)
        worded = ending(near_of(Judgement(one.told, sentences, scales)), published, one.told.published).end.kind
        features.append(ends.of_the_condition(one.told, sentences, action=action, likeliest_end=likely, said=worded))
    return fit(features, [one.labels["end_condition"] for one, _ in made], freedom=0.5)
