"""Writes through every door of a running Onward: forms found by walking, files, letters and their replies, copies that
leave, and errors that are forced."""

import re
import smtplib
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.error import URLError

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from scripts.children import Child
from tests.faults.place import wait_for
from tests.reminders.mailserver import MailServer
from tests.reminders.test_receive_mail import DOMAIN, MX, reply
from tests.running import ROOT, Running
from tests.walks.canary import Canaries, Look, is_in
from tests.walks.crawl import Form, Page, text_of, walk
from tests.walks.http import Answer, Visitor
from tests.walks.test_noscript import START, leave_out

INBOUND = {"INBOUND_DOMAIN": DOMAIN, "INBOUND_AUTHSERV": MX}
ADDRESSES = re.compile(r'\b(?:href|src|action|formaction|hx-get|hx-post|hx-push-url|hx-replace-url)="([^"]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
WITNESS = "ada@example.com"
PASSWORD = "a long enough secret"


class Watched:
    """Looks at what every answer says outside of its body, and at its title, its addresses and its errors."""

    def __init__(self, url: str, look: Look) -> None:
        self.visitor, self.look = Visitor(url), look

    def get(self, path: str) -> Answer:
        answer = self.visitor.get(path)
        if answer.status_code >= 400:
            self.look.at(f"error {answer.status_code} of {path}", answer.content)
        return self._seen(f"GET {path}", answer)

    def post(self, path: str, data: dict[str, str]) -> Answer:
        return self._seen(f"POST {path}", self.visitor.post(path, data))

    def send(self, path: str, body: bytes, **headers: str) -> Answer:
        return self._seen(f"POST {path}", self.visitor.send(path, body, **headers))

    def _seen(self, what: str, answer: Answer) -> Answer:
        self.look.at(f"headers of {what}", str(answer.headers))
        if "html" in answer.headers.get("Content-Type", ""):
            html = text_of(answer)
            self.look.at(f"title and addresses of {what}", "\n".join(TITLE.findall(html) + ADDRESSES.findall(html)))
        return answer

    @property
    def cookies(self) -> str:
        return "\n".join(f"{one.name}={one.value}" for one in self.visitor.cookies)


@dataclass
class Writer:
    onward: Running
    words: Canaries
    look: Look
    mail: MailServer | None = None

    def everywhere(self) -> Watched:
        self.ada = Watched(self.onward.url, self.look)
        self.sign_up()
        self.letters()
        self.files()
        # The second round writes into what the first one made: edits, conflicts, lessons, steps.
        self.forms({})
        self.forms({"HX_Request": "true"})
        assert is_in(self.ada.get("/entries/").content)
        self.copies()
        return self.ada

    def sign_up(self) -> None:
        [form] = [one for one in self._forms_of("/") if one.action == "/account/signup/"]
        person = {"email": WITNESS, "password1": PASSWORD, "time_zone": "Europe/Lisbon"}
        assert self.ada.post(form.action, form.filled(self.words) | person).status_code == 302
        if self.mail:
            wait_for(lambda: self.mail.mails)
            [code] = re.findall(r"^    ([A-Z]{4}-[A-Z]{4})\r?$", said(self.mail.mails[0]), flags=re.M)
            [page] = [one for one in self._forms_of("/account/confirm-email/") if "code" in names_of(one)]
            assert self.ada.post(page.action, page.filled("") | {"code": code}).status_code == 302

    def _forms_of(self, address: str) -> list[Form]:
        return Page(address, text_of(self.ada.get(address))).forms

    def forms(self, headers: dict[str, str]) -> None:
        for _, _, page in list(walk(self.ada, START, leave_out)):
            for form in page.forms:
                private = any(field.kind == "password" for field in form.fields) or "account" in form.action
                if form.method == "get" and form.has_words:
                    self.look.at(f"form of {page.address} that puts words into an address", self.words.of("an address"))
                if not private and form.method == "post":
                    self._every_way(form, headers)

    def _every_way(self, form: Form, headers: dict[str, str]) -> None:
        if "draft" in names_of(form):
            self.ada.post("/drafts/", form.filled(self.words))
        for path, data in form.posts(self.words):
            body = encode_multipart(BOUNDARY, data)
            assert self.ada.send(path, body, Content_Type=MULTIPART_CONTENT, **headers).status_code < 500, path

    # Files, letters, copies

    def files(self) -> None:
        [form] = [one for one in self._forms_of("/import/") if "file" in names_of(one)]
        for source in ("text", "markdown"):
            words = f"2026-11-01\n{self.words.of(f'a file of {source}')}\n".encode()
            data: dict[str, Any] = form.filled("") | {"source": source}
            data["file"] = Upload(f"{self.words.of('name of a file')}.txt", words)
            self.ada.send("/import/", encode_multipart(BOUNDARY, data), Content_Type=MULTIPART_CONTENT)
        self.onward.manage("tick")

    def letters(self) -> None:
        """One asked for now; answered by its link, and by replying to it."""
        [form] = [one for one in self._forms_of("/settings/reminders/") if "weekly" in names_of(one)]
        day = {"weekday": "0", "local_time": "18:00", "time_zone": "Europe/Lisbon"}
        self.ada.post(form.action, form.filled("") | {"weekly": "on", "reply": "on"} | day)
        [now] = [one for one in self._forms_of("/settings/reminders/") if one.action.endswith("/letter/")]
        self.ada.post(now.action, now.filled(""))
        self.onward.manage("tick")
        wait_for(lambda: list(self._letters()))
        letter = next(self._letters())
        path = re.findall(r"(/w/[^/\s]+/)", said(letter))[0]
        for form in self._forms_of(path):
            self.ada.post(form.action or path, form.filled(self.words))
        self._reply(str(letter["Reply-To"] or letter["From"]))

    def _letters(self) -> Iterator[EmailMessage]:
        mails = self.mail.mails if self.mail else outbox(self.onward)
        return (mail for mail in mails if "/w/" in said(mail))

    def _reply(self, address: str) -> None:
        """Proven, and from somebody who is not."""
        command = (sys.executable, "manage.py", "receive_mail", "--port", "0")
        with open(self.onward.log, "ab") as log:
            child = Child("mail", *command, cwd=ROOT, env=self.onward.environment, stdout=log, stderr=log)
        try:
            wait_for(lambda: "Onward takes mail at" in self.onward.words())
            port = int(re.findall(r"takes mail at 127\.0\.0\.1:(\d+)", self.onward.words())[-1])
            bare = re.findall(r"[^\s<>]+@[^\s<>]+", address)[-1]
            with smtplib.LMTP("127.0.0.1", port, local_hostname=MX) as line:
                for verdict in ("pass", "fail"):
                    mail = reply(self.words.of(f"a reply, {verdict}"), verdict=verdict)
                    line.sendmail(WITNESS, [bare], mail)
        finally:
            child.end()

    def copies(self) -> None:
        [form] = [one for one in self._forms_of("/export/") if "format" in names_of(one)]
        kinds = {one.value for one in form.fields if one.name == "format"}
        assert len(kinds) > 3
        for kind in sorted(kinds):
            answer = self.ada.post("/export/", form.filled("") | {"format": kind})
            assert answer.status_code < 500, kind

    # Errors

    def errors(self) -> None:
        """Each with the words in what was sent; the answer may show them to their writer, and nothing else may."""
        [form] = [one for one in self._forms_of("/today/") if "body" in names_of(one)][:1]
        data = form.filled(self.words) | {"kind": "win"}
        token = {"csrfmiddlewaretoken": data["csrfmiddlewaretoken"]}
        broken = token | {"body": self.words.of("what breaks")}
        assert self.ada.post("/breaks/", broken).status_code == 500
        bare = {name: text for name, text in data.items() if name not in token}
        assert self.ada.post("/entries/", bare).status_code == 403
        assert self.ada.post("/nowhere/", data).status_code == 404
        assert self.ada.post("/healthz", data).status_code in (403, 405, 200)
        assert self.ada.post("/look-back/", data).status_code == 405
        many = {f"{self.words.of('too many')} {number}": "1" for number in range(1001)}
        assert self.ada.post("/entries/", many | token).status_code == 400
        with suppress(URLError):  # refused by its size alone, and who goes on sending hears nothing
            large = data | {"body": self.words.of("too large") * 300_000}
            assert self.ada.post("/entries/", large).status_code == 413
        body = encode_multipart(BOUNDARY, data)
        self.ada.send("/entries/", body[:-40], Content_Type="multipart/form-data; boundary=")
        self.ada.send("/entries/", body, Content_Type=MULTIPART_CONTENT, Sec_Fetch_Site="cross-site")
        self._too_many()

    def _too_many(self) -> None:
        stranger = Watched(self.onward.url, self.look)
        [form] = Page("/account/login/", text_of(stranger.get("/account/login/"))).forms[:1]
        tried = {"login": f"{self.words.of('at the door').replace(' ', '-')}@example.com", "password": "none of ours"}
        answers = {stranger.post("/account/login/", form.filled("") | tried).status_code for _ in range(32)}
        assert 429 in answers or answers == {422}, answers


class Upload:
    """What encode_multipart takes for a file."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data

    def read(self) -> bytes:
        return self.data


def names_of(form: Form) -> set[str]:
    return {field.name for field in form.fields}


def said(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""


def outbox(onward: Running) -> Iterator[EmailMessage]:
    from email import message_from_bytes, policy

    for path in sorted((onward.home / "outbox").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        yield mail
