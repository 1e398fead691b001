"""A reason not to start, said in one line."""


class Trouble(Exception):
    """Start-up cannot go on; the message names the thing, the place and the way out."""
