"""Every form of a verb, as a pattern: who writes "suspend" means suspends, suspended and suspending. Pure."""

import re

# ruff: noqa: E501 - a table of words is read more easily on one line
_IRREGULAR = {
    "sell": "sold", "hold": "held", "keep": "kept", "give": "gave given", "take": "took taken", "leave": "left", "build": "built",
    "withdraw": "withdrew withdrawn", "wind": "wound", "freeze": "froze frozen", "forbid": "forbade forbidden", "buy": "bought",
    "make": "made", "run": "ran", "fly": "flew flown", "strike": "struck stricken", "tear": "tore torn", "bring": "brought",
    "undo": "undid undone", "get": "got gotten", "go": "went gone", "stand": "stood", "send": "sent", "let": "", "put": "", "cut": "",
    "quit": "quit", "shut": "", "say": "said", "tell": "told", "write": "wrote written", "choose": "chose chosen", "win": "won", "pay": "paid",
    "show": "shown", "lay": "laid", "rule": "ruled", "back": "backed", "bow": "bowed", "do": "did done does", "have": "had has", "lose": "lost",
    "understand": "understood", "find": "found", "see": "saw seen", "deal": "dealt", "feed": "fed", "rip": "ripped", "fall": "fell fallen",
}  # fmt: skip
_DOUBLING = frozenset(
    [
        "stop",
        "drop",
        "scrap",
        "ban",
        "bar",
        "ship",
        "strip",
        "rip",
        "let",
        "cut",
        "put",
        "quit",
        "shut",
        "run",
        "get",
        "win",
        "forbid",
        "commit",
        "permit",
        "submit",
        "unplug",
        "plug",
        "transfer",
        "refer",
        "equip",
        "spin",
        "cap",
        "chop",
        "can",
        "scan",
        "enrol",
        "control",
        "cancel",
        "fulfil",
        "ax",
        "sunset",
    ]
)


def forms(verbs: str) -> str:
    """A pattern for all forms of the verbs in `verbs`, divided by blanks; `pull_out_of` inflects its first word only.

    >>> bool(re.fullmatch(forms("halt pull_out_of"), "pulled out of"))
    True
    """
    found: set[str] = set()
    for verb in verbs.split():
        head, _, tail = verb.partition("_")
        found |= {form + (r"\s" + tail.replace("_", r"\s") if tail else "") for form in _forms_of(head)}
    return "(?:" + "|".join(sorted(found, key=lambda form: (-len(form), form))) + ")"


def _forms_of(verb: str) -> set[str]:
    doubled = verb + verb[-1]
    stem = verb.removesuffix("e")
    if verb in _DOUBLING:
        ending = {verb, verb + "s", doubled + "ed", doubled + "ing", verb + "ed", verb + "ing"}
    elif verb.endswith(("s", "x", "ch", "sh", "z")):
        ending = {verb, verb + "es", verb + "ed", verb + "ing"}
    elif verb.endswith("y") and verb[-2] not in "aeou":
        ending = {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    elif verb.endswith("e") and not verb.endswith("ee"):
        ending = {verb, verb + "s", verb + "d", stem + "ing"}
    else:
        ending = {verb, verb + "s", verb + "ed", verb + "ing"}
    return {re.escape(form) for form in ending | set(_IRREGULAR.get(verb, "").split())}
