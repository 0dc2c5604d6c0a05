"""A browser’s report of what our policy refused: one line by our own names, and nothing of what it quotes."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from config import reports

ID = "7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960"
TOKEN = "canary-token-canary"
REPORT = {
    "document-uri": f"https://onward.example/entries/{ID}/?q=heliotrope#heliotrope",
    "referrer": "https://onward.example/heliotrope/",
    "violated-directive": "script-src-elem 'self'",
    "effective-directive": "script-src-elem",
    "original-policy": "heliotrope",
    "blocked-uri": "https://ads.example/heliotrope.js?heliotrope",
    "script-sample": "heliotrope",
    "source-file": "https://onward.example/heliotrope",
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "few", reports.Few(30))


def send(body: Any, **headers: str) -> Any:
    words = body if isinstance(body, bytes) else json.dumps({"csp-report": body}).encode()
    return Client(enforce_csrf_checks=True).post("/policy-reports/", words, "application/csp-report", headers=headers)


def test_a_report_is_one_line_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    answer = send(REPORT, Cookie="sessionid=abc")
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    [line] = [record for record in caplog.records if record.name == "config.reports"]
    assert line.said == {"page": "journal:entries.entry", "directive": "script-src-elem", "refused": "ads.example"}
    assert (line.levelno, "heliotrope" in repr(line.__dict__), ID in repr(line.__dict__)) == (
        logging.WARNING,
        *[False] * 2,
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"document-uri": f"https://onward.example/w/{TOKEN}/"}, {"page": "reminders:answer"}),
        ({"document-uri": "https://onward.example/heliotrope/"}, {"page": "unknown"}),
        ({"document-uri": 7, "blocked-uri": None}, {"page": "unknown", "refused": "other"}),
        ({"document-uri": "http://[x"}, {"page": "unknown"}),
        ({"blocked-uri": "inline"}, {"refused": "inline"}),
        ({"blocked-uri": "data:heliotrope"}, {"refused": "data"}),
        ({"blocked-uri": "heliotrope words of somebody"}, {"refused": "other"}),
        ({"blocked-uri": "http://[x"}, {"refused": "other"}),
        ({"effective-directive": "", "violated-directive": "img-src 'self'"}, {"directive": "img-src"}),
        ({"effective-directive": "Heliotrope\nwas here"}, {"directive": "other"}),
    ],
)
def test_whatever_is_in_it_the_line_has_our_names_alone(change: dict[str, Any], told: dict[str, str]) -> None:
    usual = {"page": "journal:entries.entry", "directive": "script-src-elem", "refused": "ads.example"}
    assert reports.told(json.dumps({"csp-report": REPORT | change}).encode()) == usual | told


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"[]", b"7", b'{"csp-report": []}', b'{"csp-report": null}', b"\xff", b"[" * 16_000, b" " * 20_000],
)
def test_what_is_no_report_is_answered_alike_and_not_logged(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert send(body).status_code == 204
    assert [record for record in caplog.records if record.name == "config.reports"] == []


def test_a_flood_is_a_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    assert {send(REPORT).status_code for _ in range(80)} == {204}
    assert len([record for record in caplog.records if record.name == "config.reports"]) in range(30, 61)


def test_a_minute_later_they_are_heard_again() -> None:
    few = reports.Few(2)
    assert [few.takes_one(now) for now in (60, 61, 62, 119, 120, 121, 122)] == [
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]
