"""A state in words: why a commitment stands where it stands on a day."""

from tracker.commitments.lifecycle import EndKind, Standing, State


def reason(standing: Standing) -> str:
    """One sentence: which declaration decides the state, and what it says about the end."""
    term = standing.ruling
    if term is None:
        return "Nothing had been declared by that day."
    declared = f"{term.action.value.replace('_', ' ')}, {term.declared_on.in_words()}"
    ends_on = term.end.ends_on.in_words() if term.end.ends_on else ""
    match standing.state:
        case State.ANNOUNCED:
            starts = (term.effective_from or term.declared_on).in_words()
            return f"Declared ({declared}) and effective from {starts}."
        case State.LAPSED:
            return f"The last declaration ({declared}) no longer covers that day, and no renewal is on record."
        case State.IN_FORCE:
            end = _end(term.end.kind, ends_on, term.end.condition)
            return f"The last declaration in effect ({declared}) {end}."
        case _:
            return f"The last declaration in effect ({declared}) takes it out of force."


def _end(kind: EndKind, ends_on: str, condition: str) -> str:
    match kind:
        case EndKind.FIXED:
            return f"no longer holds from {ends_on} on"
        case EndKind.CONDITIONAL:
            return f"ties its end to a condition: {condition.rstrip('.')}"
        case EndKind.PERMANENT:
            return "is permanent"
        case EndKind.INDEFINITE:
            return "names no end"
        case EndKind.UNKNOWN:
            return "has no end that a source gives"
