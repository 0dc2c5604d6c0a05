"""Two hundred addresses that lead away in some browser, for whatever takes an address from a request."""

from urllib.parse import quote

THERE = "evil.example"
AWAY = [
    "//{}", "///{}", "////{}", "/////{}", "https://{}", "http://{}", "HTTPS://{}", "hTTp://{}", "https:{}", "https:/{}",
    "https:///{}", "http:////{}", "\\\\{}", "\\/{}", "/\\{}", "/\\/{}", "\\\\/{}", "/\\\\{}", "//\\{}", "https:\\\\{}",
    "https:\\/{}", "https:/\\{}", "ftp://{}", "ws://{}", "//{}@{}", "https://testserver@{}", "https://testserver:80@{}",
    "//testserver@{}", "https://testserver.{}", "https://{}#testserver", "https://{}?testserver", "https://{}\\testserver",
    "https://{}\\@testserver", "https://testserver%40{}", "//{}/..", "//{}/%2e%2e", "javascript:alert('{}')",
    "JavaScript:alert('{}')", "java\tscript:alert('{}')", "java\nscript:alert('{}')", "\x01javascript:alert('{}')",
    "data:text/html,{}", "vbscript:msgbox('{}')", "file:///{}", "blob:https://{}", "view-source:https://{}",
    "mailto:x@{}", "tel:{}", "http://[::1]@{}", "http://[{}", "https://{}:443", "https://{}:x", "//%65vil.example?{}",
]  # fmt: skip
BEFORE = ["", " ", "\t", "\n", "\r\n", "\x00", "\x0b", "\x85", "\u3000", "\ufeff"]
INSIDE = ["/\t/{}", "/\n/{}", "/\r/{}", "/\x00/{}", "/ /{}", "/\u2028/{}", "/.//{}", "/..//{}", "/%2f{}", "/%5c{}"]


def two_hundred() -> list[str]:
    plain = [one.format(THERE, THERE) for one in AWAY]
    begun = [before + one.format(THERE) for before in BEFORE[1:] for one in AWAY[:14]]
    inside = [one.format(THERE) for one in INSIDE]
    coded = [quote(one.format(THERE), safe="") for one in AWAY[:20]]
    return list(dict.fromkeys(plain + begun + inside + coded))[:200]
