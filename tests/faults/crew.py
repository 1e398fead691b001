"""Celery's worker and beat as in production: each is started again when it ends, as `manage.py up` does."""

import os
import signal
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.faults.ground import ROOT, Ground
from tracker.local.process import Child, spawn

PATIENCE = 90.0


class Crew:
    """Beats and workers by name, at work inside `with`; killed at its end."""

    def __init__(self, ground: Ground, *names: str, queue: str) -> None:
        self.ground = ground
        self.names = names
        self.queue = queue
        self.deaths = 0
        self.children: dict[str, Child] = {}

    def __enter__(self) -> Self:
        for name in self.names:
            (self.ground.servers.var / name).unlink(missing_ok=True)  # when a beat of an earlier case last came
            self._start(name)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for child in self.children.values():
            child.sweep()

    def keep_until(self, done: Callable[[], bool]) -> None:
        """Start again whatever ends, until `done`. Raises TimeoutError when that takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not done in {PATIENCE:.0f} s, after {self.deaths} deaths")
            for name, child in self.children.items():
                if child.wait(0.05):
                    self.deaths += 1
                    child.sweep()
                    self._start(name)

    def _start(self, name: str) -> None:
        self.children[name] = spawn(
            name,
            [sys.executable, "-m", "celery", "-A", "tracker.config.celery", *self._arguments(name)],
            var=self.ground.servers.var,
            cwd=ROOT,
            env={**os.environ, **self.ground.environment, "PYTHONUNBUFFERED": "1"},
            death_signal=signal.SIGKILL,
        )

    def _arguments(self, name: str) -> list[str]:
        if name.startswith("beat"):
            return ["beat", "-l", "warning", "--pidfile=", f"--schedule={self.ground.servers.var / name}"]
        return ["worker", "-P", "threads", "-c", "4", "-l", "warning", "-Q", self.queue, "-n", f"{name}@%h"]
