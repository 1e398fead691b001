"""Others, installed from the package index into a folder of their own, on the same pages at their fastest settings."""

import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from tests.bench.watch.ours import Took
from tracker.local import ports
from tracker.local.site import BASE_DIR

VENVS = BASE_DIR / "var" / "bench" / "peers"
PATIENCE = 600.0


class NotInstalled(Exception):
    """The package index could not be reached, or the package not be installed."""


def installed(package: str) -> Path:
    """The folder of binaries of an environment with `package` in it. Raises NotInstalled."""
    venv = VENVS / package
    binaries = venv / "bin"
    if not (binaries / package).exists():
        steps = ([sys.executable, "-m", "venv", str(venv)], [str(binaries / "pip"), "install", "-q", package])
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotInstalled(f"{package}: {done.stderr.strip().splitlines()[-1:]}")
    return binaries


def bare(addresses: Sequence[str]) -> Iterator[Took]:
    """A loop of requests in this process that remembers ETag and Last-Modified: two passes. What nobody can beat."""
    known: dict[str, dict[str, str]] = {}
    with requests.Session() as session:
        for _ in range(2):
            began, cpu = time.perf_counter(), time.process_time()
            for address in addresses:
                answer = session.get(address, headers=known.get(address), timeout=10)
                if answer.status_code == 200:
                    known[address] = {
                        "If-None-Match": answer.headers["ETag"],
                        "If-Modified-Since": answer.headers["Last-Modified"],
                    }
            yield Took(len(addresses), time.perf_counter() - began, time.process_time() - cpu, 0.0, 0.0)


class Urlwatch:
    """urlwatch, one run a pass. Without a filter it compares bytes, which is fastest; `as_text` has it compare text."""

    name = "urlwatch"

    def __init__(self, folder: Path, addresses: Sequence[str], *, as_text: bool = False) -> None:
        self.folder = folder
        self.size = len(addresses)
        self.binary = installed("urlwatch") / "urlwatch"
        folder.mkdir(parents=True, exist_ok=True)
        how = "filter: [html2text]\n" if as_text else ""
        (folder / "urls.yaml").write_text("---\n".join(f"url: {address}\n{how}" for address in addresses))
        (folder / "config.yaml").write_text("report: {stdout: {enabled: true, color: false}}\n")
        (folder / "cache.db").unlink(missing_ok=True)
        self.said = self.so_far = ""

    def look(self) -> Took:
        """One pass over all pages."""
        command = [
            str(self.binary), "--urls", str(self.folder / "urls.yaml"), "--config", str(self.folder / "config.yaml"),
            "--hooks", str(self.folder / "hooks.py"), "--cache", str(self.folder / "cache.db"),
        ]  # fmt: skip
        began, cpu = time.perf_counter(), _children_cpu()
        with (self.folder / "said").open("w+") as said:
            running = psutil.Popen(command, stdout=said, stderr=subprocess.STDOUT)
            peak = 0.0
            while running.poll() is None:
                peak = max(peak, _memory(running))
                time.sleep(0.05)
            seconds = time.perf_counter() - began
            said.seek(0)
            self.said = said.read()
        self.so_far += self.said
        return Took(self.size, seconds, _children_cpu() - cpu, 0.0, peak)

    def changed_since(self, moment: float) -> set[str]:
        """The addresses of which the last pass told a change."""
        del moment  # it tells once, in the pass that found it
        return set(_told(self.said))

    def changes(self) -> dict[str, int]:
        """How many changes it has told of each address so far."""
        return dict(Counter(_told(self.so_far)))


class ChangeDetection:
    """changedetection.io with its API, no pause anywhere, ten workers."""

    name = "changedetection.io"

    def __init__(self, folder: Path, addresses: Sequence[str], asked: Callable[[], int] | None = None) -> None:
        """`asked`: how many requests the site has had in this pass. Asking for the list of watches is dear (0.1 CPU
        seconds at 2,000), and would be counted as its own cost; so it is not asked before every page was.
        """
        self.addresses = addresses
        self.asked = asked or (lambda: len(addresses))
        self.folder = folder
        self.port = ports.free()
        self.token = ""
        self.binary = installed("changedetection.io") / "changedetection.io"

    @contextmanager
    def running(self) -> Iterator["ChangeDetection"]:
        """While it runs. Its example watches are removed, ours are added without a first check."""
        folder = self.folder / secrets.token_hex(4)
        folder.mkdir(parents=True)
        settings = {
            "FETCH_WORKERS": "10",
            "MINIMUM_SECONDS_RECHECK_TIME": "0",
            "DISABLE_VERSION_CHECK": "true",
            "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
            "LOGGER_LEVEL": "ERROR",
        }
        command = [str(self.binary), "-d", str(folder), "-C", "-h", "127.0.0.1", "-p", str(self.port)]
        with (self.folder / "said").open("w") as said:
            self.process = psutil.Popen(command, env={**os.environ, **settings}, stdout=said, stderr=said)
            try:
                self._settle(folder)
                yield self
            finally:
                self.process.terminate()
                self.process.wait(30)

    def _settle(self, folder: Path) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                requests.get(f"http://127.0.0.1:{self.port}/", timeout=5)
                break
            except requests.ConnectionError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        (settings,) = folder.glob("*.json")
        self.token = json.loads(settings.read_text())["settings"]["application"]["api_access_token"]
        for key in self._watches():
            self._ask("DELETE", f"watch/{key}")

    def _ask(self, method: str, path: str, **more: object) -> requests.Response:
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        for _ in range(600):
            answer = requests.request(method, address, headers={"x-api-key": self.token}, timeout=120, **more)  # type: ignore[arg-type]
            if method != "GET" or answer.status_code < 500:
                break
            time.sleep(0.5)  # its list of watches fails now and then while it adds some
        answer.raise_for_status()
        return answer

    def _watches(self) -> Mapping[str, dict[str, object]]:
        found: Mapping[str, dict[str, object]] = self._ask("GET", "watch").json()
        return found

    def look(self) -> Took:
        """One pass over all pages: the first one adds them, which has each checked at once."""
        began, cpu, since = time.perf_counter(), self._cpu(), int(time.time())
        if len(self._watches()) < len(self.addresses):
            self._ask("POST", "import", data="\n".join(self.addresses), params={"dedupe": "false"})
        else:
            time.sleep(1.1)  # it counts whole seconds
            began, cpu, since = time.perf_counter(), self._cpu(), int(time.time())
            self._ask("GET", "watch", params={"recheck_all": "1"})
        peak = 0.0
        while True:
            peak = max(peak, _memory(self.process))
            late = time.perf_counter() - began > PATIENCE
            if self.asked() < len(self.addresses) and not late:
                time.sleep(0.1)
                continue
            done = sum(int(str(watch["last_checked"] or 0)) >= since for watch in self._watches().values())
            if done >= len(self.addresses) or late:
                return Took(done, time.perf_counter() - began, self._cpu() - cpu, 0.0, peak)
            time.sleep(0.2)

    def changed_since(self, moment: float) -> set[str]:
        """The addresses of which it told a change since then."""
        return {
            str(watch["url"]) for watch in self._watches().values() if int(str(watch["last_changed"] or 0)) >= moment
        }

    def changes(self) -> dict[str, int]:
        """How many changes it has told of each address so far."""
        told = (self._ask("GET", f"watch/{key}").json() for key in self._watches())
        return {watch["url"]: max(int(watch["history_n"]) - 1, 0) for watch in told}

    def _cpu(self) -> float:
        return float(sum(sum(one.cpu_times()[:2]) for one in [self.process, *self.process.children(recursive=True)]))


def _told(said: str) -> list[str]:
    return re.findall(r"^CHANGED: (\S+)", said, re.MULTILINE)


def _children_cpu() -> float:
    """CPU seconds of the children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _memory(process: psutil.Process) -> float:
    try:
        return float(sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])) / 1024**2
    except psutil.NoSuchProcess:
        return 0.0
