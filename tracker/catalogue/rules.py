"""What must hold within one record: the rules of the database, told with file, line and a way out."""

from tracker.catalogue.fields import Content
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Report
from tracker.commitments.lifecycle import STOPS
from tracker.dates import PartialDate

_STOPS = {action.value for action in STOPS}


def _after(content: Content, node: Node, report: Report, later: str, earlier: str) -> None:
    """`later` may not lie wholly before `earlier`."""
    if later in content and earlier in content:
        end, start = PartialDate.parse(content[later]), PartialDate.parse(content[earlier])
        if end.after <= start.first:
            report.say(node.at(later), f"“{later}” {end} lies before “{earlier}” {start}", "correct one of the two")


def product(content: Content, node: Node, report: Report) -> None:
    """A product ends after its launch."""
    _after(content, node, report, "ended", "launched")


def organization(content: Content, node: Node, report: Report) -> None:
    """Coordinates come in pairs; a date of joining needs a parent."""
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in content and other not in content:
            report.say(node.at(one), f"“{one}” without “{other}”", "write both or none")
    if "parent_since" in content and "parent" not in content:
        report.say(node.at("parent_since"), "“parent_since” without “parent”", "add the parent, or delete it")
    if content.get("parent") and content["parent"] == content.get("slug"):
        report.say(node.at("parent"), "it is its own parent", "delete “parent”")


def place(content: Content, node: Node, report: Report) -> None:
    """Everything lies in something, except a country."""
    if (content.get("kind") == "country") == ("parent" in content):
        is_country = content.get("kind") == "country"
        report.say(
            node.at("parent"),
            "a country has no parent" if is_country else "it has no “parent”",
            "" if is_country else "name the place it lies in",
        )


def source(content: Content, node: Node, report: Report) -> None:
    """An archived copy is a copy of an address."""
    if "archived_at" in content and "url" not in content:
        report.say(node.at("archived_at"), "“archived_at” without “url”", "add the address")


def partnership(content: Content, node: Node, report: Report) -> None:
    """Between two, ending after it started, an amount with its currency."""
    if content.get("vendor") and content.get("vendor") == content.get("client"):
        report.say(node.at("client"), "vendor and client are the same", "name the other party")
    _after(content, node, report, "ended", "started")
    if ("amount" in content) != ("currency" in content):
        report.say(
            node.at("amount"),
            "an amount and its currency belong together",
            "write both: amount: 19500, currency: USD",
        )
    currency = content.get("currency", "USD")
    if len(currency) != 3 or not currency.isupper() or not currency.isascii():
        report.say(node.at("currency"), f"“{currency}” is no currency", "write three capitals: USD, GBP, EUR")


def finding(content: Content, node: Node, report: Report) -> None:
    """An opinion has a name in front of it; not more are matched than tested."""
    if content.get("kind") == "opinion" and not {"by", "by_words"} & content.keys():
        report.say(node, "an opinion without a name", "say whose it is: “by” or “by_words”")
    if "tested" in content and content.get("matched", 0) > content["tested"]:
        report.say(node.at("matched"), "more were matched than tested", "correct one of the two")


def question(content: Content, node: Node, report: Report) -> None:
    """Somebody asked; a day of answering needs an answer."""
    if not {"asked_by", "asked_by_words"} & content.keys():
        report.say(node, "nobody is named who asked", "add “asked_by” or “asked_by_words”")
    if "answered_on" in content and content.get("outcome") not in ("answered", "denied"):
        report.say(
            node.at("answered_on"),
            "“answered_on” without an answer",
            "set “outcome” to answered or denied, or delete it",
        )
    _after(content, node, report, "answered_on", "asked_on")


def commitment(content: Content, node: Node, report: Report) -> None:
    """It begins with its announcement, and says what it is about."""
    terms = content.get("terms") or [{}]
    if terms[0].get("action", "announced") != "announced":
        report.say(
            node.at("terms"),
            "the first term is not the announcement",
            "put the term with action: announced first",
        )
    for number, term in enumerate(terms, 1):
        for carve_out in term.get("carve_outs", []):
            if "until" in carve_out and not number < carve_out["until"] <= len(terms):
                report.say(
                    node.at("terms"),
                    f"a carve-out of term {number} ends with term {carve_out['until']}",
                    "name a later term",
                )
    if not {"products", "technologies"} & content.keys():
        report.say(node, "it is about nothing", "add “technologies” or “products”")


def term(content: Content, node: Node, report: Report) -> None:
    """A fixed end has its day, a conditional one its condition, and an end lies after the beginning."""
    end = content.get("end", "unknown")
    if (end == "fixed") != ("ends_on" in content):
        report.say(
            node.at("ends_on" if "ends_on" in content else "end"),
            f"end: {end} {'with' if 'ends_on' in content else 'without'} “ends_on”",
            "“ends_on” (the first day not covered) belongs to end: fixed, and only there",
        )
    if (end == "conditional") != ("condition" in content):
        report.say(
            node.at("condition" if "condition" in content else "end"),
            f"end: {end} {'with' if 'condition' in content else 'without'} “condition”",
            "“condition” belongs to end: conditional, and only there",
        )
    if "not_before" in content and end != "conditional":
        report.say(node.at("not_before"), "“not_before” without a condition", "it belongs to end: conditional")
    if content.get("action") in _STOPS and end != "unknown":
        report.say(
            node.at("end"),
            f"a term with action: {content['action']} stops the commitment and has no end",
            "delete “end”",
        )
    start = "effective" if "effective" in content else "declared"
    if "ends_on" in content and start in content:
        ends, begins = PartialDate.parse(content["ends_on"]), PartialDate.parse(content[start])
        if ends.first <= begins.first and ends.after <= begins.after:
            report.say(
                node.at("ends_on"),
                f"the end {ends} lies before the start {begins}",
                "correct “ends_on” or “" + start + "”",
            )


def carve_out(content: Content, node: Node, report: Report) -> None:
    """It excepts somebody or something."""
    if not {"organization", "words"} & content.keys():
        report.say(node, "nobody and nothing is excepted", "add “organization” or “words”")
