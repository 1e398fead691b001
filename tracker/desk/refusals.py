"""What the desk does not do, and why: each message is shown to the editor as it stands."""


class Refused(ValueError):
    """The desk will not do it. Nothing was written."""


class AlreadyDecided(Refused):
    """Somebody else has accepted or rejected the lead."""


class Malformed(Refused):
    """A proposal that cannot be saved as it is. `problems` says what is wrong by field ("" for the whole)."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{field}: {why}" if field else why for field, why in problems.items()))
