"""The other case: California's AB 1215 is warned of, and lapses on the day its sunset clause says."""

from datetime import date, timedelta

from pytest_django.live_server_helper import LiveServer

from tests.stories.test_amazon import headline, twice
from tracker.local.story import texts
from tracker.local.story.acts import Play
from tracker.local.story.cast import assemble
from tracker.local.story.stage import text_of

BEFORE, SIGNED, SUNSET = date(2019, 10, 7), date(2019, 10, 8), date(2023, 1, 1)
PAGE = "/acts/ab-1215"


def test_ab_1215_is_warned_of_and_lapses(play: Play, live_server: LiveServer) -> None:
    california = assemble().california
    play.subscribe(california, BEFORE)
    play.watch(PAGE, california)
    play.look(PAGE, BEFORE)
    play.announcements.publish(PAGE, "AB 1215", texts.AB_1215)
    play.look(PAGE, SIGNED)
    (lead,) = play.inbox()
    assert lead.proposal["actor"] == "ca-legislature"
    assert (lead.proposal["effective_from"], lead.proposal["end"]["ends_on"]) == ("2020-01-01", "2023-01-01")
    slug = play.accept(lead, SIGNED).commitment.slug
    assert headline(live_server, slug, date(2019, 12, 31))["state"] == "announced"
    assert headline(live_server, slug, date(2020, 1, 1))["state"] == "in_force"
    assert len(twice(play.day, SIGNED)) == 1

    warned = {date(2022, 10, 3): 90, date(2022, 12, 2): 30, date(2022, 12, 25): 7, date(2022, 12, 31): 1}
    for day, left in warned.items():
        assert play.day(day - timedelta(days=1)) == []
        (mail,) = twice(play.day, day)
        assert (f"{left} days" if left > 1 else "tomorrow") in text_of(mail)
        assert "1 January 2023" in text_of(mail)

    (lapsed,) = twice(play.day, SUNSET)
    assert lapsed["Subject"].startswith("Lapsed:")
    assert "It ran out on 1 January 2023" in text_of(lapsed)
    assert headline(live_server, slug, date(2022, 12, 31))["state"] == "in_force"
    assert headline(live_server, slug, SUNSET)["state"] == "lapsed"
    assert twice(play.day, date(2023, 1, 2)) == []
