"""Who wins where a dataset and the record differ."""

from tracker.imports.settling import settle


def test_what_the_dataset_says_anew_is_taken_where_nobody_corrected_the_record() -> None:
    settled = settle({"status": "reported"}, {"status": "reported"}, {"status": "ended"})
    assert (settled.update, settled.suggest) == ({"status": "ended"}, {})


def test_a_correction_stays_and_the_difference_is_suggested() -> None:
    settled = settle({"note": "a"}, {"note": "corrected"}, {"note": "b"})
    assert (settled.update, settled.suggest) == ({}, {"note": ("corrected", "b")})


def test_what_the_dataset_always_said_is_not_suggested_again() -> None:
    assert not settle({"note": "a"}, {"note": "corrected"}, {"note": "a"}).suggest


def test_a_dataset_that_comes_to_say_what_an_editor_said_changes_nothing() -> None:
    settled = settle({"note": "a"}, {"note": "b"}, {"note": "b"})
    assert (settled.update, settled.suggest) == ({}, {})


def test_what_a_person_checked_is_only_changed_by_a_person() -> None:
    settled = settle({"status": "reported"}, {"status": "reported"}, {"status": "ended"}, checked=True)
    assert (settled.update, settled.suggest) == ({}, {"status": ("reported", "ended")})
