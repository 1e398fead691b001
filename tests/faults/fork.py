"""The first thing a forked process does. Loads nothing itself: whoever starts such a process needs no Django."""

import os
import sys
from importlib import import_module


def enter(loaded: str, log: str, act: str, *arguments: object) -> None:
    """Call the function `act` of the module `loaded`, which the process that all others are forked from has loaded.

    What it says goes to `log`: a traceback belongs to some cases.
    """
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
    getattr(import_module(loaded), act)(*arguments)
