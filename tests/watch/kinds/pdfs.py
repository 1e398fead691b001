"""PDFs made by hand, so that every byte of them is known."""

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[bytes], *, packed: bool = False, filters: int = 1) -> bytes:
    """A PDF whose pages have these content streams, set in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(pages):
        name = b""
        if packed:
            for _ in range(filters):
                content = zlib.compress(content, 9)
            name = b"/Filter [" + b"/FlateDecode " * filters + b"] "
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< %s/Length %d >>\nstream\n%s\nendstream" % (name, len(content), content),
        ]
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return body + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def set_lines(*lines: tuple[int, str], size: int = 11) -> bytes:
    """A content stream with each line at its height."""
    shown = (b"BT /F1 %d Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n" % (size, height, _escaped(text)) for height, text in lines)
    return b"".join(shown)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
