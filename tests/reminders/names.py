"""A name server of one's own on a free port: it answers TXT and SOA from a table, or says nothing at all."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@contextmanager
def answering(texts: dict[str, list[str]] | None) -> Iterator[int]:
    """`texts` by name; what a name of the table ends in exists, and nothing else. None: it is silent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(0.1)
        over = threading.Event()
        served = threading.Thread(target=_serve, args=(line, texts, over))
        served.start()
        yield line.getsockname()[1]
        over.set()
        served.join()


def _serve(line: socket.socket, texts: dict[str, list[str]] | None, over: threading.Event) -> None:
    while not over.is_set():
        try:
            asked, who = line.recvfrom(4096)
        except TimeoutError:
            continue
        if texts is not None:
            line.sendto(_answer(dns.message.from_wire(asked), texts), who)


def _answer(query: dns.message.Message, texts: dict[str, list[str]]) -> bytes:
    answer, [question] = dns.message.make_response(query), query.question
    name = question.name.to_text().rstrip(".")
    answer.flags |= dns.flags.RA
    if not any(known == name or known.endswith(f".{name}") for known in texts):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif question.rdtype == dns.rdatatype.TXT and texts.get(name):
        # As it is written in a zone file, each text in pieces of up to 255.
        rows = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts[name]]
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *rows))
    return answer.to_wire()
