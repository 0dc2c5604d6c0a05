"""A mail server that takes everything, counts it and looks at it afterwards: `python -m bench.sink PORT [RTT in ms]`.

With a round trip, each chunk that comes in waits for half of it before it is read, and each answer before it is
written. XCOUNT (our own verb) says what came since the last one.
"""

import asyncio
import json
import re
import sys
from collections import deque
from collections.abc import Callable
from email.parser import BytesHeaderParser

END = b"\r\n.\r\n"
WELCOME = b"250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 SIZE 1000000\r\n"
OK, ODD, EARLY = b"250 ok\r\n", b"501 whose address?\r\n", b"503 not now\r\n"
Mail = tuple[bytes, bytes]  # whom to, and what was sent


class Sink:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def count(self) -> bytes:
        """Whole ones are addressed to the one whom they were given for, and have their last boundary."""
        mails, self.mails = self.mails, []
        headers = [BytesHeaderParser().parsebytes(mail) for _, mail in mails]
        pairs = zip(mails, headers, strict=True)
        whole = [
            head["To"] == to.decode() and mail.rstrip().endswith(f"--{head.get_boundary()}--".encode())
            for (to, mail), head in pairs
        ]
        found = {"mails": len(mails), "whole": sum(whole), "people": len({to for to, _ in mails})}
        found |= {"ids": len({head["Message-ID"] for head in headers}), "bytes": sum(len(mail) for _, mail in mails)}
        return b"250 " + json.dumps(found).encode() + b"\r\n"


class Line(asyncio.Protocol):
    """One client."""

    def __init__(self, sink: Sink, half: float) -> None:
        self.sink, self.half, self.waiting = sink, half, deque[Callable[[], None]]()
        self.buffer, self.in_data, self.sender, self.to = bytearray(), False, b"", b""
        self.words: dict[bytes, Callable[[bytes], bytes]] = {
            b"EHLO": lambda line: WELCOME,
            b"HELO": lambda line: OK,
            b"MAIL": self._mail,
            b"RCPT": self._rcpt,
            b"DATA": self._data,
            b"RSET": self._rset,
            b"NOOP": lambda line: OK,
            b"QUIT": self._quit,
            b"XCOU": lambda line: self.sink.count(),
        }

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._answer(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._later(lambda: self._take(data))

    def _later(self, step: Callable[[], None]) -> None:
        """In their order, which timers of one instant do not promise."""
        if self.half:
            self.waiting.append(step)
            asyncio.get_running_loop().call_later(self.half, lambda: self.waiting.popleft()())
        else:
            step()

    def _answer(self, words: bytes) -> None:
        self._later(lambda: self.transport.write(words))

    def _take(self, data: bytes) -> None:
        self.buffer += data
        answers = b""
        while (end := self.buffer.find(END if self.in_data else b"\r\n")) >= 0:
            taken = bytes(self.buffer[:end])
            del self.buffer[: end + len(END if self.in_data else b"\r\n")]
            answers += self._kept(taken) if self.in_data else self._said(taken)
        if answers:
            self._answer(answers)

    def _kept(self, mail: bytes) -> bytes:
        self.sink.mails.append((self.to, mail))
        self.in_data = False
        self._rset(b"")
        return b"250 kept\r\n"

    def _said(self, line: bytes) -> bytes:
        known = self.words.get(line[:4].upper())
        return known(line) if known else b"500 what?\r\n"

    def _mail(self, line: bytes) -> bytes:
        self.sender, early = address_in(line), bool(self.sender)
        return EARLY if early else OK if self.sender else ODD

    def _rcpt(self, line: bytes) -> bytes:
        if not self.sender or self.to:
            return EARLY
        self.to = address_in(line)
        return OK if self.to else ODD

    def _data(self, line: bytes) -> bytes:
        self.in_data = bool(self.to)
        return b"354 go on\r\n" if self.in_data else EARLY

    def _rset(self, line: bytes) -> bytes:
        self.sender = self.to = b""
        return OK

    def _quit(self, line: bytes) -> bytes:
        self._later(self.transport.close)
        return b"221 bye\r\n"


def address_in(line: bytes) -> bytes:
    found = re.search(rb"<([^>]+)>", line)
    return found[1] if found else b""


async def serve(port: int, round_trip: float) -> None:
    sink, loop = Sink(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(sink, round_trip / 2000), "127.0.0.1", port, backlog=200)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0))
