"""The virtual environment: made once, in step with the requirements, and a failure said shortly."""

import sys
from pathlib import Path

import pytest

from tracker.local import install


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHEELS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    file = Path("requirements.txt")
    file.write_text("no-such-package==1.0\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return file


def test_what_is_installed_is_not_asked_for_again(requirements: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stamp = Path(".venv/installed-requirements")
    stamp.write_text(install.digest(requirements, install.ask(install.PYTHON, "-VV")))
    install.main(requirements)
    assert capsys.readouterr().out == ""


def test_a_package_that_cannot_be_had_is_named_and_nothing_counts_as_installed(requirements: Path) -> None:
    with pytest.raises(SystemExit, match=r"could not install requirements\.txt .*network"):
        install.main(requirements)
    assert not Path(".venv/installed-requirements").exists()
    assert not list(Path("wheels").glob("*"))


def test_an_included_file_counts(requirements: Path) -> None:
    Path("requirements-dev.txt").write_text("-r requirements.txt\n")
    before = install.digest(Path("requirements-dev.txt"), "3.11")
    requirements.write_text("no-such-package==2.0\n")
    assert install.digest(Path("requirements-dev.txt"), "3.11") != before
