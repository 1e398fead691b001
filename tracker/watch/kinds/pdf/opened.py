"""A program of its own, which knows nothing of the project: PDF on standard input, lines as JSON on standard output.

One object: {"pages": [[[height above the foot, size of the letters, text], …], …]}, or {"unreadable": reason}.
"""

import io
import json
import logging
import resource
import sys
from typing import Any

MOST_MEMORY = 768 * 1024 * 1024
MOST_PAGES = 1_000
MOST_LETTERS = 5_000_000


def bounded(seconds: int) -> None:
    """Let the kernel end this process before it takes more than its share."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write to
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(body: bytes) -> dict[str, Any]:
    """The lines of every page, or why there are none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"unreadable": "encrypted: it asks for a password"}
        if len(reader.pages) > MOST_PAGES:
            return {"unreadable": f"too large: {len(reader.pages):,} pages, of which at most {MOST_PAGES:,} are read"}
        return {"pages": _pages(reader)}
    except DependencyError:
        return {"unreadable": "encrypted in a way that is not read here"}
    except MemoryError:
        return {"unreadable": "it takes too much memory to be read"}
    except RecursionError:
        return {"unreadable": "its parts are nested too deep"}
    # pypdf raises of both kinds, and Python's own, for what is broken; here is nothing else that could fail.
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, OSError) as error:
        return {"unreadable": f"broken PDF: {str(error)[:200] or type(error).__name__}"}


def _pages(reader: Any) -> list[list[list[Any]]]:
    pages: list[list[list[Any]]] = []
    letters = 0
    for page in reader.pages:
        pages.append(_lines(page))
        letters += sum(len(line[2]) for line in pages[-1])
        if letters > MOST_LETTERS:
            break
    return pages


def _lines(page: Any) -> list[list[Any]]:
    lines: list[list[Any]] = []
    longest = 0

    def visit(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        nonlocal longest
        if not text.strip():
            if lines and not lines[-1][2].endswith(" "):
                lines[-1][2] += " "
            return
        height = round(float(cm[1] * tm[4] + cm[3] * tm[5] + cm[5]), 1)
        large = round(abs(float((size or 0) * (tm[3] or tm[1] or 1) * (cm[3] or cm[1] or 1))), 1)
        for number, part in enumerate(text.split("\n")):
            # A superscript or a change of font moves a little; another line moves by a line.
            if lines and not number and abs(lines[-1][0] - height) < max(2.0, large * 0.45):
                lines[-1][2] += part
                if len(part) > longest:  # a bullet is not what the line is set in
                    longest, lines[-1][1] = len(part), large
            elif part.strip():
                lines.append([height, large, part])
                longest = len(part)

    page.extract_text(visitor_text=visit)
    return [line for line in lines if line[2].strip()]


def main() -> None:
    """Read standard input within the seconds that the first argument says."""
    bounded(int(sys.argv[1]))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
