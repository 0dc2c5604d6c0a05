"""Replies as the world's mail programs write them: what a person typed, and our letter behind it.

Built by hand, byte by byte: Python's own builder breaks lines where no mail program would.
"""

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from django.template.loader import render_to_string

from reminders.replies import MARKER

US = "Onward <letters@onward.example>"
OURS = US.partition("<")[2].rstrip(">")
BOUNDARY = "=_boundary_of_a_test"


class Language(NamedTuple):
    gmail: str
    apple: str
    outlook: tuple[str, str, str, str]
    telephone: str
    rtl: bool = False


LANGUAGES = {
    "English": Language(
        f"On Sun, Nov 22, 2026 at 6:00 PM {US} wrote:",
        f"On 22 Nov 2026, at 18:00, {US} wrote:",
        ("From: {}", "Sent: Sunday, November 22, 2026 6:00 PM", "To: Ada <ada@example.com>", "Subject: {}"),
        "Sent from my iPhone",
    ),
    "German": Language(
        f"Am So., 22. Nov. 2026 um 18:00 Uhr schrieb {US}:",
        f"Am 22.11.2026 um 18:00 schrieb {US}:",
        ("Von: {}", "Gesendet: Sonntag, 22. November 2026 18:00", "An: Ada <ada@example.com>", "Betreff: {}"),
        "Von meinem iPhone gesendet",
    ),
    "French": Language(
        f"Le dim. 22 nov. 2026 à 18:00, {US} a écrit :",
        f"Le 22 nov. 2026 à 18:00, {US} a écrit :",
        ("De : {}", "Envoyé : dimanche 22 novembre 2026 18:00", "À : Ada <ada@example.com>", "Objet : {}"),
        "Envoyé de mon iPhone",
    ),
    "Arabic": Language(
        f"في الأحد، 22 نوفمبر 2026 في 6:00 م تمت كتابة ما يلي بواسطة {US}:",
        f"في ٢٢ نوفمبر ٢٠٢٦، الساعة ١٨:٠٠، كتب/كتبت {US}:",
        ("من: {}", "‏‏تم الإرسال: الأحد، 22 نوفمبر 2026 18:00", "إلى: Ada <ada@example.com>", "الموضوع: {}"),
        "أُرسلت من الـ iPhone",
        rtl=True,
    ),
}


@dataclass
class Reply:
    """What is sent: headers that a test may change, and the parts."""

    parts: list[tuple[str, bytes, str]]
    headers: list[tuple[str, str]] = field(default_factory=list)

    def bytes(self, *headers: tuple[str, str]) -> bytes:
        given = [*self.headers, *headers]
        head = [f"{name}: {value}" for name, value in given] + ["MIME-Version: 1.0"]
        if len(self.parts) == 1:
            return "\n".join(head).encode() + b"\n" + _part(*self.parts[0])
        head.append(f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"')
        mark = f"\n--{BOUNDARY}\n".encode()
        body = mark.join([b"", *(_part(*part) for part in self.parts)])
        return "\n".join(head).encode() + b"\n" + body + f"\n--{BOUNDARY}--\n".encode()


def _part(kind: str, words: bytes, encoding: str) -> bytes:
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](words)
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + coded


# Our letter, as it went out


@dataclass(frozen=True)
class Letter:
    subject: str = "Three things, whenever you’re ready"

    @property
    def words(self) -> dict[str, object]:
        links = {"write": "https://onward.example/w/token/", "stop": "https://onward.example/u/token/"}
        return {"letter": Told(), "reply_above": MARKER} | links

    @property
    def plain(self) -> str:
        return render_to_string("reminders/mail/weekly.txt", self.words).strip()

    @property
    def html(self) -> str:
        return render_to_string("reminders/mail/weekly.html", self.words)


class Told:
    question = "It’s Sunday. Was there something this week that you did, or tried, or put down in time?"
    leave, days, last_day = "One is fine. So is letting this week go by.", "16 to 22 November", "Sunday 6 December"
    subject = Letter.subject


# The programs


def gmail(typed: list[str], language: Language, signature: str = "") -> Reply:
    """Breaks long plain lines; its HTML keeps them whole."""
    letter = Letter()
    quoted = "\n".join(f"> {line}".rstrip() for line in _wrapped(letter.plain.split("\n"), 76))
    signed = f"\n\n-- \n{signature}" if signature else ""
    said = "\n".join(_wrapped([language.gmail], 78))
    plain = "\n".join(_wrapped(typed, 78)) + f"{signed}\n\n{said}\n\n{quoted}\n"
    direction = "rtl" if language.rtl else "ltr"
    lines = "".join(f"<div>{_html(line) or '<br>'}</div>" for line in typed[1:])
    sign = (
        f'<br clear="all"><div><span class="gmail_signature_prefix">-- </span><br><div>{escape(signature)}</div></div>'
    )
    html = (
        f'<div dir="{direction}">{_html(typed[0])}{lines}{sign if signature else ""}</div><br>'
        f'<div class="gmail_quote"><div dir="{direction}" class="gmail_attr">{escape(language.gmail)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{letter.html}</blockquote></div>\n'
    )
    return _alternative(plain, html, "quoted-printable")


def apple(typed: list[str], language: Language, signature: str = "") -> Reply:
    """A telephone: nothing is broken, and it says what it is."""
    letter = Letter()
    quoted = "\n".join(f"> {line}" for line in ["\ufeff", *letter.plain.split("\n")])
    end = "\n".join(filter(None, (signature, language.telephone)))
    plain = "\n".join(typed) + f"\n\n{end}\n\n> {language.apple}\n> \n{quoted}\n"
    lines = "".join(f"<div>{_html(line) or '<br>'}</div>" for line in typed)
    html = (
        f'<html><head><meta http-equiv="content-type"></head><body dir="auto">{lines}<div><br></div>'
        f'<div dir="ltr">{escape(end)}</div><div dir="ltr"><br><blockquote type="cite">{escape(language.apple)}<br><br>'
        f'</blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff{letter.html}</div></blockquote></body>'
    )
    return _alternative(plain, html, "quoted-printable")


def outlook(typed: list[str], language: Language, signature: str = "") -> Reply:
    """No signs before what is quoted, and a blank line after each that was typed."""
    letter = Letter()
    block = "\n".join(language.outlook).format(US, letter.subject)
    signed = f"\n\n{signature}" if signature else ""
    plain = "\n\n".join(typed) + f"{signed}\n\n________________________________\n{block}\n\n{letter.plain}\n"
    lines = "".join(f'<p class="MsoNormal">{_html(line) or "<o:p>&nbsp;</o:p>"}</p>' for line in typed)
    html = (
        "<html><head><style><!-- p.MsoNormal { margin: 0cm } --></style></head><body><!--[if mso]><p>x</p><![endif]-->"
        f'<div>{lines}</div><div>{escape(signature)}</div><hr><div id="divRplyFwdMsg">'
        f"{'<br>'.join(map(escape, block.splitlines()))}</div><div>{letter.html}</div></body></html>"
    )
    return _alternative(plain, html, "base64")


def outlook_mobile(typed: list[str], language: Language, signature: str = "") -> Reply:
    """HTML alone."""
    reply = outlook(typed, language, signature)
    return Reply([part for part in reply.parts if part[0].startswith("text/html")])


def thunderbird(typed: list[str], language: Language, signature: str = "") -> Reply:
    """Plain text that flows (RFC 3676), beneath what it answers."""
    letter = Letter()
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.plain.split("\n"))
    signed = f"\n\n-- \n{signature}" if signature else ""
    lines = "\n".join(line for words in typed for line in _flowing(words))
    return _plain(f"{language.apple}\n{quoted}\n\n{lines}{signed}\n", "; format=flowed")


def mutt(typed: list[str], language: Language, signature: str = "") -> Reply:
    """Plain text, above what it answers."""
    letter = Letter()
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.plain.split("\n"))
    signed = f"\n\n-- \n{signature}" if signature else ""
    return _plain("\n".join(typed) + f"{signed}\n\n{language.apple}\n{quoted}\n", "")


PROGRAMS: dict[str, Callable[..., Reply]] = {
    "Gmail": gmail,
    "Apple": apple,
    "Outlook": outlook,
    "Outlook, HTML alone": outlook_mobile,
    "Thunderbird": thunderbird,
    "Mutt": mutt,
}


def _alternative(plain: str, html: str, encoding: str) -> Reply:
    kinds = [('text/plain; charset="UTF-8"', plain), ('text/html; charset="UTF-8"', html)]
    return Reply([(kind, words.encode(), encoding) for kind, words in kinds])


def _plain(words: str, more: str) -> Reply:
    return Reply([(f"text/plain; charset=UTF-8{more}", words.encode(), "8bit")])


def _html(line: str) -> str:
    """Two spaces are one and one that does not break."""
    return escape(line).replace("  ", "&nbsp; ")


def _wrapped(lines: list[str], width: int) -> list[str]:
    """Broken at one space, as late as can be; what has none stays whole."""
    broken = []
    for line in lines:
        while len(line) > width and " " in line.strip():
            at = line.rfind(" ", 1, width + 1)
            at = at if at > 0 else line.find(" ", width)
            if at <= 0:
                break
            broken.append(line[:at])
            line = line[at + 1 :]
        broken.append(line)
    return broken


def _flowing(line: str) -> list[str]:
    pieces = _wrapped([line], 70)
    stuffed = [f" {piece}" if piece.startswith((" ", ">", "From ")) else piece for piece in pieces]
    return [f"{piece} " for piece in stuffed[:-1]] + stuffed[-1:]
