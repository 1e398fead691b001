#!/usr/bin/env python
"""Django's command line for Watchback; `up` starts the whole site, as `make run` does."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["up"]:  # before Django, which asks for the servers that `up` starts
        from tracker.local.up import main as up

        sys.exit(up())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError
    from redis.exceptions import ConnectionError as NoRedis

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, NoRedis):
        from tracker.config.env import NOT_RUNNING
        from tracker.config.settings import SERVERS_MISSING

        if not SERVERS_MISSING:
            raise
        sys.exit(NOT_RUNNING)


if __name__ == "__main__":
    main()
