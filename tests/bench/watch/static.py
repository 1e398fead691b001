"""A static server for machines without nginx: `python static.py FOLDER PORT`. Needs nothing but Python."""

import asyncio
import sys
from email.utils import formatdate
from pathlib import Path


class Server:
    """Answers GET from FOLDER/pages, with 304 to whoever has the page, and writes FOLDER/asked as nginx would."""

    def __init__(self, folder: Path) -> None:
        self.pages = folder / "pages"
        self.log = (folder / "asked").open("a", buffering=1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                request, *lines = head.split("\r\n")
                said = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                status, answer = self.answer(request.split(" ")[1], said)
                self.log.write(f'- - - "{request}" {status}\n')
                writer.write(answer)
                await writer.drain()
                if said.get("connection", "").lower() == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # it has hung up
        finally:
            writer.close()

    def answer(self, path: str, said: dict[str, str]) -> tuple[int, bytes]:
        """The status and the bytes for one request."""
        file = self.pages / Path(path.partition("?")[0]).name
        if not file.is_file():
            return 404, _head("404 Not Found", {"Content-Length": "0"})
        facts = file.stat()
        etag, modified = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', formatdate(int(facts.st_mtime), usegmt=True)
        known = {"ETag": etag, "Last-Modified": modified}
        # RFC 9110, 13.2.2: who names an ETag is not asked for the date.
        same = said["if-none-match"] == etag if "if-none-match" in said else said.get("if-modified-since") == modified
        if same:
            return 304, _head("304 Not Modified", known)
        body = file.read_bytes()
        return 200, _head("200 OK", {**known, "Content-Type": "text/html", "Content-Length": str(len(body))}) + body


def _head(status: str, headers: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1")


async def main(folder: Path, port: int) -> None:
    """Serve until killed."""
    async with await asyncio.start_server(Server(folder).serve, "127.0.0.1", port, backlog=1000) as listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
