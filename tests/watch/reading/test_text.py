"""What is read of a page."""

from tracker.watch.reading.text import blocks_of


def test_a_page_that_leaves_out_its_body_tag_is_read_all_the_same() -> None:
    page = "<!doctype html><title>Not this</title><main><p>Sales to the police stop today.</p></main>"
    assert blocks_of(page, "text/html") == ("Sales to the police stop today.",)
