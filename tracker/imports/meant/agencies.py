"""Which agency a row means: by its ORI, else by name, sort and place within its state."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracker.imports.meant.agency_names import Said, is_junk, same_place, taken_apart
from tracker.imports.meant.answer import Candidate, Meant, likeliest
from tracker.imports.meant.known import KnownAgency
from tracker.imports.meant.places import agrees, contradicts
from tracker.imports.meant.states import named as state_named
from tracker.imports.meant.states import postal
from tracker.imports.rows import AgencyNamed

# Where cities have sheriffs beside the counties'.
_CITY_SHERIFFS = {"VA", "MD", "MO"}
# Of no state, and certain by name all the same.
_NATIONAL = {"federal", "government"}
_ALIKE = 0.88


@dataclass(frozen=True)
class _Entry:
    agency: KnownAgency
    said: Said
    state: str

    @property
    def pk(self) -> int:
        return self.agency.pk


class Agencies:
    """All agencies by ORI and by every name they have."""

    def __init__(self, known: Iterable[KnownAgency]) -> None:
        self._by_ori: dict[str, int] = {}
        self._by_key: dict[str, list[_Entry]] = defaultdict(list)
        self._by_base: dict[str, list[_Entry]] = defaultdict(list)
        self._keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        for agency in known:
            if agency.ori:
                self._by_ori[agency.ori] = agency.pk
            for name in (agency.name, *agency.aliases):
                self._add(agency, name)
        self._answers: dict[AgencyNamed, Meant] = {}

    def _add(self, agency: KnownAgency, name: str) -> None:
        said = taken_apart(name, state=agency.state, kind=agency.kind, city=agency.city)
        entry = _Entry(agency, said, postal(agency.state) or said.state)
        keys = {said.key}
        if said.base:
            self._by_base[said.base].append(entry)
            keys.add(said.part + said.base)
            if not said.part:
                keys.add(said.base)
        for key in keys - {""}:
            self._by_key[key].append(entry)
            self._keys[entry.state, said.sort].add(key)

    def meant(self, named: AgencyNamed) -> Meant:
        """The agency that the row names."""
        if named not in self._answers:
            self._answers[named] = self._meant(named)
        return self._answers[named]

    def _meant(self, named: AgencyNamed) -> Meant:
        ori = named.ori.strip().upper()
        for written in (ori, f"{ori}00" if len(ori) == 7 else ""):
            if written in self._by_ori:
                return Meant(self._by_ori[written])
        if is_junk(named.name):
            return Meant(why_not="a test, a duplicate or a closed account, by its own name", refused=True)
        said = taken_apart(named.name, state=named.state, kind=named.kind, city=named.city)
        if not said.key:
            return Meant(why_not="the name says only of which kind it is", refused=True)
        if not said.state:
            national = {e.pk for e in self._by_key.get(said.key, ()) if not e.state and e.agency.kind in _NATIONAL}
            if named.kind in _NATIONAL and len(national) == 1:
                return Meant(national.pop())
            found = [Candidate(e.pk, f"same name in {_where(e)}", 0.5) for e in self._by_key.get(said.key, ())]
            return Meant(candidates=likeliest(found), why_not="no state is said", refused=True)
        return self._in_its_state(named, said, ori)

    def _in_its_state(self, named: AgencyNamed, said: Said, ori: str) -> Meant:
        here = self._here(named, said)
        sure = [entry for entry in here if _fits(entry, said)]
        unlike = [entry for entry in here if not _fits(entry, said)]
        if not sure and len({entry.pk for entry in unlike}) == 1 and _places_agree(unlike[0], named, said):
            sure, unlike = unlike[:1], []
        sure = _narrowed(sure, named, said)
        doubts = {entry.pk: self._doubt(entry, named, said, ori) for entry in sure}
        if len(doubts) == 1 and not any(doubts.values()):
            return Meant(next(iter(doubts)))
        found = [
            Candidate(pk, doubt or "same name in the state", 0.95 if doubt else 1.0) for pk, doubt in doubts.items()
        ]
        found += [Candidate(entry.pk, _otherwise(entry, said), 0.92) for entry in unlike]
        if len(doubts) > 1:
            return Meant(candidates=likeliest(found), why_not="several agencies have this name in the state")
        found += self._elsewhere(said)
        if len(doubts) == 1:
            return Meant(candidates=likeliest(found), why_not=next(iter(doubts.values())))
        if any(not entry.state for entry in self._by_key.get(said.key, ())):
            return Meant(candidates=likeliest(found), why_not="an agency of this name has no state on record")
        found += self._alike(said)
        return Meant(candidates=likeliest(found), why_not="no agency in the state is surely called so")

    def _here(self, named: AgencyNamed, said: Said) -> list[_Entry]:
        """The agencies of this name in the state; airports, parks and tribes may lack the word police in theirs."""
        here = [entry for entry in self._by_key.get(said.key, ()) if entry.state == said.state]
        found = [entry for entry in here if entry.said.sort == said.sort]
        if found:
            return found
        if said.sort == "police":
            entries = self._by_key.get(said.loose, ())
            found = [entry for entry in entries if entry.state == said.state and entry.said.sort == "other"]
            if not found and said.key.endswith("city") and _key(named.city) == said.key.removesuffix("city"):
                entries = self._by_key.get(_key(named.city), ())
                found = [e for e in entries if e.state == said.state and e.said.sort == "police"]
        if said.sort == "campus":
            found = [e for e in self._by_base.get(said.key, ()) if e.state == said.state and _is_part(e, named)]
        return found

    def _doubt(self, entry: _Entry, named: AgencyNamed, said: Said, ori: str) -> str:
        """Why this agency of the same name may be another one; nothing if it is surely the same."""
        county, known = named.county or said.county, entry.agency.county
        if ori and entry.agency.ori and entry.agency.ori != ori:
            return f"same name, but its ORI is {entry.agency.ori}, not {ori}"
        if contradicts(county, known) and _key(known) != f"{said.key}city":  # a city that is its own county
            return f"same name, but its county is {known.title()}, not {county}"
        if said.sort == "sheriff" and not said.place and entry.said.place and self._has_city_sheriff(said):
            return "a sheriff of the county, and the row may mean the city's"
        city = entry.agency.city
        if said.sort == "police" and named.city and city and not same_place(named.city, city):
            # A county's police sits in any town of it; a town's name says where it is.
            called_after = said.key.endswith("county") or said.key in (_key(named.city), _key(city))
            return "" if called_after else f"same name, but it is in {city}, not {named.city}"
        return ""

    def _has_city_sheriff(self, said: Said) -> bool:
        here = (entry for entry in self._by_key[said.key] if entry.state == said.state)
        return said.state in _CITY_SHERIFFS and any(entry.said.sort == "police" for entry in here)

    def _elsewhere(self, said: Said) -> Iterator[Candidate]:
        """Those of the same name in another state, or of another kind."""
        for entry in self._by_key.get(said.key, ()):
            words = [] if entry.state == said.state else [f"in {_where(entry)}"]
            if entry.said.sort != said.sort:
                words.append(f"kind {entry.said.sort} instead of {said.sort}")
            if words:
                likeness = 0.95 if not entry.state else 0.6 if len(words) == 1 else 0.4
                yield Candidate(entry.pk, f"same name {', '.join(words)}", likeness)
        for entry in self._by_base.get(said.key, ()):
            if entry.state == said.state:
                yield Candidate(entry.pk, f"one part of it: {entry.agency.name}", 0.9)

    def _alike(self, said: Said) -> Iterator[Candidate]:
        matcher = SequenceMatcher(b=said.key, autojunk=False)
        for key in self._keys.get((said.state, said.sort), ()):
            matcher.set_seq1(key)
            if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
                continue
            for entry in self._by_key[key]:
                if entry.state == said.state and entry.said.sort == said.sort and key != said.key:
                    yield Candidate(entry.pk, f"spelled like {entry.agency.name}", round(matcher.ratio() * 0.98, 3))


def _is_part(entry: _Entry, named: AgencyNamed) -> bool:
    """Whether the campus that is told apart by its city or county ("University of Texas: Austin") is the row's."""
    city = bool(named.city) and entry.said.part == _key(named.city)
    return city or (entry.said.part.endswith("county") and agrees(named.county, entry.agency.county))


def _key(city: str) -> str:
    return taken_apart(city, kind="police").key


def _where(entry: _Entry) -> str:
    return state_named(entry.state) if entry.state else "no state on record"


def _fits(entry: _Entry, said: Said) -> bool:
    """Whether the words for the kind of place are the same: a township is not the village of its name."""
    city = {"city": "", "municipality": ""}
    return said.sort != "police" or city.get(said.place, said.place) == city.get(entry.said.place, entry.said.place)


def _places_agree(entry: _Entry, named: AgencyNamed, said: Said) -> bool:
    """Whether one of the two says no kind of place, and what is around it agrees."""
    one, other = said.place, entry.said.place
    if one and other:
        return False
    if agrees(named.county or said.county, entry.agency.county):
        return True
    return (one or other) in ("village", "borough") and bool(named.city) and said.key == _key(named.city)


def _narrowed(entries: list[_Entry], named: AgencyNamed, said: Said) -> list[_Entry]:
    """Of several, the one in the row's county, or else in its city."""
    for narrower in (
        [entry for entry in entries if agrees(named.county or said.county, entry.agency.county)],
        [entry for entry in entries if named.city and entry.agency.city and same_place(named.city, entry.agency.city)],
    ):
        if len({entry.pk for entry in entries}) > 1 and narrower:
            entries = narrower
    return entries


def _otherwise(entry: _Entry, said: Said) -> str:
    return f"same name, {entry.said.place or 'no kind of place'} instead of {said.place or 'no kind of place'}"
