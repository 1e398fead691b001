"""Make .venv and keep it in step with requirements.txt. Run by the machine's own Python: `python3 install.py FILE`.

A stamp holds the hash of what was installed, so nothing is asked twice. The wheels are kept in the user's cache
(WHEELS overrides where), so that another clone needs no network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PIP = "pip==26.3"  # older ones misread `lxml[html_clean]`
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"


def main(requirements: Path) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (it runs before anything has checked)
        sys.exit(f"Watchback needs Python 3.11 or newer, this is {sys.version.split()[0]} ({sys.executable})")
    stamp = VENV / f"installed-{requirements.stem}"
    if stamp.exists() and stamp.read_text() == digest(requirements, ask(PYTHON, "-VV")):
        return
    if not ask(PYTHON, "-m", "pip", "--version"):
        say(f"Making the virtual environment with Python {sys.version.split()[0]}")
        try:
            venv.create(VENV, clear=True, with_pip=True, symlinks=True)
        except subprocess.CalledProcessError:
            sys.exit("This Python cannot make virtual environments: install python3-venv (Debian), or another Python")
    wanted = digest(requirements, ask(PYTHON, "-VV"))
    wheels = shelf(wanted)
    if wheels.exists():
        say(f"Installing {requirements} from {wheels}")
        if not install(requirements, wheels):
            stamp.write_text(wanted)
            return
    say(f"Installing {requirements}: downloads up to 60 MB the first time")
    problem = pip("install", PIP) or collect(requirements, wheels) or install(requirements, wheels)
    if problem:
        sys.exit(f"pip could not install {requirements} (the first time it needs the network); it said:\n{problem}")
    stamp.write_text(wanted)


def digest(requirements: Path, python: str) -> str:
    """A hash of the file, of the files it includes, and of the Python it is for."""
    content = requirements.read_text()
    for line in content.splitlines():
        if line.startswith("-r "):
            content += (requirements.parent / line[3:].strip()).read_text()
    return hashlib.sha256(f"{PIP} {python} {content}".encode()).hexdigest()


def shelf(wanted: str) -> Path:
    """Where the wheels of these requirements are kept."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("WHEELS") or cache / "watchback")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usable = os.access(folder, os.W_OK)
    except OSError:
        usable = False
    return (folder if usable else Path("var") / "wheels") / wanted[:16]


def collect(requirements: Path, wheels: Path) -> str:
    """Fetch every wheel into `wheels`, which appears complete or not at all; returns what went wrong."""
    fresh = wheels.with_name(f"{wheels.name}.{os.getpid()}")
    problem = pip("wheel", "--wheel-dir", str(fresh), PIP, "-r", str(requirements))
    if problem:
        shutil.rmtree(fresh, ignore_errors=True)
        return problem
    shutil.rmtree(wheels, ignore_errors=True)
    fresh.rename(wheels)
    return ""


def install(requirements: Path, wheels: Path) -> str:
    """Install from `wheels` alone, pip itself first; returns what went wrong."""
    source = ("--no-index", "--find-links", str(wheels))
    return pip("install", *source, PIP) or pip("install", *source, "-r", str(requirements))


def pip(*arguments: str) -> str:
    """Run pip; an empty string, or the end of what it complained about."""
    run = subprocess.run(
        [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line[:200] for line in run.stderr.splitlines() if "Ignored the following" not in line]
    return "" if run.returncode == 0 else "\n".join(lines[-5:]) or "nothing"


def ask(python: Path, *arguments: str) -> str:
    """What `python` answers; nothing if it does not run, as after the Python it was made from has gone."""
    try:
        run = subprocess.run([python, *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return run.stdout if run.returncode == 0 else ""


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
