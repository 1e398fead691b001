"""Undoing the compression of an answer piece by piece, never further than allowed."""

import zlib

from tracker.watch.asking.outcomes import TooLarge, Unreachable

# So much is undone at a time: a bomb is noticed after that much, not after all of it.
_PIECE = 64 * 1024


class Unpacker:
    """Undoes gzip and deflate piece by piece and stops as soon as the result is too large."""

    def __init__(self, place: str, encoding: str, most: int) -> None:
        self.place = place
        self.most = most
        self.size = 0
        self.parts: list[bytes] = []
        encoding = encoding.strip().lower()
        if encoding in ("", "identity"):
            self.inflate = None
        elif encoding in ("gzip", "x-gzip", "deflate"):
            self.inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        else:
            raise Unreachable(place, f"an encoding we did not ask for: {encoding[:40]}")

    def feed(self, chunk: bytes) -> None:
        """Take the next piece. Raises TooLarge, or Unreachable when it is not what the header says."""
        if self.inflate is None:
            self._add(chunk)
            return
        try:
            while chunk:
                self._add(self.inflate.decompress(chunk, _PIECE))
                chunk = self.inflate.unconsumed_tail
                if self.inflate.eof and self.inflate.unused_data:
                    chunk = self.inflate.unused_data
                    self.inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        except zlib.error as error:
            raise Unreachable(self.place, f"its compression is broken: {error}") from error

    def _add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.most:
            raise TooLarge(self.place, f"more than {self.most} bytes after decompression")
        self.parts.append(piece)

    def done(self) -> bytes:
        """Everything that came out."""
        return b"".join(self.parts)
