"""Tests run in two processes at once: each has a database of its own (pytest-django) and, here, a Redis of its own.

Loaded with `-p` before Django reads its settings.
"""

import os
from urllib.parse import urlsplit

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker.startswith("gw") and "REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{int(_worker[2:]) + 1}").geturl()
