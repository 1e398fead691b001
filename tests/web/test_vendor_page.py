"""The profile of a vendor, and the list of vendors."""

from django.test import Client

from tests.web import pages, rows
from tests.web.conftest import Amazon


def test_amazons_profile_shows_what_its_family_promised_did_and_did_not_answer(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/vendors/amazon/?on=2021-01-01"))
    assert "One-year moratorium on police use of Rekognition" in said
    assert "ICE is not mentioned" in said
    assert "Excepted: Thorn; International Center for Missing and Exploited Children; Marinus Analytics" in said
    assert "Bend Police" in said, "a partnership of its subsidiary Ring"
    assert "Tested: 535; matched: 28" in said, "the numbers of a test of its subsidiary's product"
    assert "Has ICE licensed Rekognition?" in said
    assert "731 days" in said


def test_an_opinion_has_a_name_in_front_of_it(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/vendors/amazon/"))
    assert "Motherboard, an opinion: Rekognition is an outlier." in said


def test_chains_are_drawn_from_the_far_end_to_the_one_served(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/vendors/aws/"))
    assert "Amazon Web Services Palantir Immigration and Customs Enforcement" in said
    assert "Palantir serves Immigration and Customs Enforcement" in said


def test_a_subsidiary_shows_its_parents_promise_about_its_products_and_not_the_rest(
    client: Client, amazon: Amazon
) -> None:
    assert "One-year moratorium" in pages.get(client, "/vendors/aws/")
    assert "One-year moratorium" not in pages.get(client, "/vendors/ring/")


def test_unknown_is_not_zero(client: Client, amazon: Amazon) -> None:
    rows.vendor("quiet", "Quiet Inc.")
    said = pages.words(pages.get(client, "/vendors/quiet/"))
    assert "none known No source names an agency it serves" in said
    assert "That is not to say that there is none." in said
    assert "0 agencies" not in said


def test_partnerships_can_be_narrowed_and_a_wrong_choice_is_answered_in_words(client: Client, amazon: Amazon) -> None:
    rows.partnership(amazon.ring, rows.agency("salem-police", "Salem Police"), status="ended")
    ended = pages.words(pages.get(client, "/vendors/ring/?status=ended"))
    assert "Salem Police" in ended
    assert "Bend Police" not in ended
    said = pages.words(pages.get(client, "/vendors/ring/?status=vanished", status=400))
    assert "“vanished” is no status here" in said


def test_a_page_past_the_end_is_not_found(client: Client, amazon: Amazon) -> None:
    pages.get(client, "/vendors/ring/?page=99", status=404)
    pages.get(client, "/vendors/ring/?page=last", status=400)


def test_html_in_a_name_is_escaped(client: Client, amazon: Amazon) -> None:
    bad = "<script>alert(1)</script>"
    rogue = rows.vendor("rogue", bad, note=bad)
    made = rows.commitment(rogue, "rogue-promise", bad, silent_on=bad)
    first = rows.term(made, "2020-01-01", summary=bad)
    rows.carve_out(first, words=bad)
    rows.question(rogue, "rogue-question", text=bad)
    rows.partnership(rogue, rows.agency("rogue-agency", bad))
    for path in ("/", "/vendors/", "/vendors/rogue/", "/commitments/", "/commitments/rogue-promise/"):
        text = pages.get(client, path)
        assert "&lt;script&gt;" in text, path
        assert "<script" not in text, path


def test_the_number_of_queries_of_profile_and_list_does_not_grow(client: Client, amazon: Amazon) -> None:
    paths = ("/vendors/amazon/", "/vendors/", "/commitments/", "/")
    _more_of_everything(amazon, 0)
    few = {path: pages.queries(client, path) for path in paths}
    for number in range(1, 6):
        _more_of_everything(amazon, number)
    assert {path: pages.queries(client, path) for path in paths} == few
    assert max(few.values()) <= 45, few


def _more_of_everything(amazon: Amazon, number: int) -> None:
    company = rows.vendor(f"company-{number}", parent=amazon.amazon)
    thing = rows.product(company, f"thing-{number}")
    made = rows.commitment(company, f"promise-{number}", about=thing)
    first = rows.term(made, "2020-01-01", ends="2190-01-01")
    rows.carve_out(first, words="somebody")
    rows.verdict(made, "2021-01-01")
    lapsed = rows.commitment(company, f"lapsed-{number}")
    rows.term(lapsed, "2020-01-01", ends="2021-01-01")
    police = rows.agency(f"police-{number}", place=rows.state(f"State {number}", f"S{number}"))
    rows.term(rows.commitment(police, f"ban-{number}", about=thing), "2020-01-01")
    rows.partnership(company, police, product=thing)
    rows.partnership(amazon.aws, company, kind="hosting")
    rows.finding(company, f"finding-{number}", product=thing)
    rows.question(company, f"question-{number}")
