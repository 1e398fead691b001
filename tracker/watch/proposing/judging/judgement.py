"""The answers of all scales about one text, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.watch.proposing.judging import announcing, ends, excepted, parties, quoted, whole
from tracker.watch.proposing.judging.announcing import Weighed
from tracker.watch.proposing.judging.days import Dates, dates_of
from tracker.watch.proposing.judging.excepted import Part
from tracker.watch.proposing.judging.reasons import in_words
from tracker.watch.proposing.judging.scale import YES, Scale
from tracker.watch.proposing.judging.senses import pairs
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.who.names import joined_to

# A name is taken for a company bound from here on, and a day for the end.
_BOUND = 0.45
_MOST_BOUND = 6
# If somebody is bound, the likeliest name is, even if it is none too likely by itself.
_ANYONE, _ANYONE_SURE = 0.5, 0.25
_LEAST = 0.04
_QUOTED = 0.75
_EXCEPTED = 0.4
_MOST_SUPPORT = 2
# An action that is less likely is no alternative to the likeliest one.
_AN_ALTERNATIVE = 0.05
_REASONS_WEIGHED, _REASONS_SHOWN = 15, 6
# A ban whose end is this likely is a moratorium, if it may be one at all.
_ENDS, _PERHAPS = 0.6, 0.05


@dataclass(frozen=True)
class Judgement:
    """What a text says, by the learned scales. `sentences` has for each sentence how likely it announces what."""

    told: Told
    sentences: Sequence[Weighed]
    scales: Mapping[str, Scale]

    @cached_property
    def likelihood(self) -> float:
        """How likely the text announces anything."""
        return self.scales["whole"].weigh(whole.of_the_text(self.told, self.sentences))[YES]

    @cached_property
    def actions(self) -> Weighed:
        """How likely each action is, given that it announces one."""
        return self.scales["action"].weigh(whole.of_the_action(self.told, self.sentences))

    @cached_property
    def action(self) -> str:
        """The likeliest action, as the labelled cases call it."""
        likeliest = max(self.actions, key=lambda one: self.actions[one])
        if likeliest == "permanent_ban" and self._ends_as_a_moratorium:
            return "new_moratorium"
        if likeliest in ("new_moratorium", "extension") and self._goes_on_without_end:
            return "made_indefinite"
        return likeliest

    @property
    def _goes_on_without_end(self) -> bool:
        """Whether its sentence says that something goes on, and then that nothing ends it."""
        said = set(pairs(self.told.senses[self.main]))
        return self.actions["made_indefinite"] >= _AN_ALTERNATIVE and "extend>open_end" in said

    @property
    def _ends_as_a_moratorium(self) -> bool:
        """Whether the text names an end for what else would be a ban for good."""
        if self.actions["new_moratorium"] < _PERHAPS:
            return False
        return dates_of(self.told, self.sentences, self.main, "new_moratorium", self.scales).likely >= _ENDS

    @cached_property
    def main(self) -> int:
        """The place of the sentence that announces it."""
        scale = self.scales["main"]
        weighed = {
            place: scale.weigh(announcing.of_the_main(self.told, self.sentences, place))[YES]
            for place in sorted(self.told.fresh)
        }
        return max(weighed, key=lambda place: weighed[place])

    @cached_property
    def support(self) -> list[int]:
        """The places of other sentences that an editor would quote for it, the surest first."""
        fresh = [place for place in self.told.fresh if place != self.main]
        weighed = {
            place: self.scales["quoted"].weigh(
                quoted.features(self.told, self.sentences, self.main, self.action, place)
            )[YES]
            for place in fresh
        }
        sure = sorted((one for one in fresh if weighed[one] >= _QUOTED), key=lambda one: (-weighed[one], one))
        return sure[:_MOST_SUPPORT]

    @cached_property
    def excepted(self) -> list[Part]:
        """The parts of the text that name carve-outs, in its order."""
        return [
            part
            for part in excepted.parts_in(self.told, self.main)
            if self.scales["excepted"].weigh(
                excepted.features(self.told, self.sentences, self.main, self.action, part)
            )[YES]
            >= _EXCEPTED
        ]

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """The companies bound or party to it, as the text has them in full, in its order."""
        named = parties.named_in(self.told)
        weighed = {
            name: self.scales["company"].weigh(parties.features(self.told, self.sentences, name, named, self.action))[
                YES
            ]
            for name in named
        }
        ranked = self._one_of_each(sorted(weighed, key=lambda one: -weighed[one]))
        likely = [one for one in ranked if weighed[one] >= _BOUND]
        # Whom the old part of a page names is meant only where the new part names nobody.
        fresh = [one for one in likely if any(place.sentence in self.told.new for place in named[one])]
        sure = (fresh or likely)[:_MOST_BOUND]
        anyone = self.scales["anyone"].weigh(whole.of_anyone(self.told, self.sentences, self.action))[YES]
        if anyone < (_ANYONE_SURE if sure else _ANYONE):
            return ()
        listed = set(joined_to(sure, [self.told.sentences[self.main].text]))
        sure += [one for one in ranked if one in listed and one not in sure]
        bound = sure or [one for one in ranked[:1] if weighed[one] >= _LEAST]
        first = {name: min((one.sentence, one.start) for one in named[name]) for name in bound}
        return tuple(self._in_full(name) for name in sorted(bound, key=lambda name: first[name]))

    def _in_full(self, name: str) -> str:
        """As the text has it in full; a product or a part of a known company stands for the company."""
        known = self.told.known
        called = known.company_called(name)
        if called:
            return called.short_name if name.startswith(f"{called.short_name} ") else self.told.names.in_full(name)
        maker = known.maker_of(name)
        return maker.short_name if maker else self.told.names.in_full(name)

    def _one_of_each(self, ranked: Sequence[str]) -> list[str]:
        """Of “Lumisight” and “Lumisight Systems”, and of two names of one known company, only the likelier."""
        found: dict[str, str] = {}
        for name in ranked:
            who = self.told.known.company_called(name) or self.told.known.maker_of(name)
            key = who.slug if who else name
            again = any(name.startswith(one + " ") or one.startswith(name + " ") for one in found.values())
            if key not in found and not again:
                found[key] = name
        return list(found.values())

    @cached_property
    def dates(self) -> Dates:
        """What the days and lengths of the text are."""
        return dates_of(self.told, self.sentences, self.main, self.action, self.scales)

    def condition(self, worded: str) -> str:
        """Which kind of end it has; `worded` is the kind that the wording gives (until/endings.py)."""
        weighed = ends.of_the_condition(
            self.told, self.sentences, action=self.action, likeliest_end=self.dates.likely, said=worded
        )
        return self.scales["condition"].best(weighed)

    def because(self) -> list[str]:
        """What spoke most for it in the sentence that announces it, in words."""
        scale = self.scales["announcing"]
        features = announcing.features(self.told, self.main)
        said = map(in_words, scale.spoke_for(features, self.action, most=_REASONS_WEIGHED))
        return list(filter(None, said))[:_REASONS_SHOWN]


def judge(told: Told, scales: Mapping[str, Scale]) -> Judgement:
    """Weigh every sentence of a text by the scales of each question. Raises ValueError for a text without sentences."""
    if not told.sentences:
        raise ValueError("a text without sentences cannot be judged")
    return Judgement(told, announcing.weighed(told, scales["announcing"]), scales)
