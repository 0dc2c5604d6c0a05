"""Texts that have broken somebody's product, some two thousand made by hand and as many as are wanted by chance."""

import unicodedata
from collections.abc import Iterator
from itertools import product
from random import Random

FAMILY = "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 👍🏿 🇵🇹 1️⃣ ❤️\u200d🔥"
BIDI = [chr(code) for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x61C)]
UNSEEN = [chr(code) for code in (0xAD, 0x34F, 0x180E, *range(0x200B, 0x200E), 0x2028, 0x2029, 0x2060, 0xFEFF, 0xFFFC)]
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
HALVES = ["\ud800", "\udfff", "\ud83d", "\ude00\ud83d", "a\udc80b"]
NONE = ["\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ufdd0", "\ue000", "\U000f0000", "\U000e0041", "\ufffd"]
MARKS = ["Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "e" + "\u0301" * 300, "é", "e\u0301", "ﬁ", "ẞß", "İıiI", "ǅ", "Å", "한국", "각", "नमस्ते", "ไทยไม่มี", "ﷺ"]
MARKS += ["שָׁלוֹם עולם", "مرحبا بالعالم", "A\u202eBA\u202c", "日本語テキスト", "𝕳𝖊𝖑𝖑𝖔", "Ｗｉｄｅ", "🜁🜂", "𓀀𓂀"]
SHEETS = [sign + rest for sign in "=+-@\t\r|%" for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x")', "SUM(A1)")]
SHEETS += ["；=1", "＝1+1", ' =1"', "',=1", '"=1"', "a,b;c\td", '"quoted", ""', "'", '"""']
TEMPLATES = ["{{7*7}}", "{% debug %}", "{# note #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{''.__class__}}", "{%raw%}"]
TEMPLATES += ["%s %d %(name)s %n", "{0} {name} {0.__class__}", "\\u0041\\x41\\n", "$HOME `id` $(id)", "#let x = 1; #x"]
MARKUP = ["<svg onload=alert(1)>", "<script>alert(1)</script>", "</textarea><b>", "</title></style></script>", "<!--"]
MARKUP += [
    "javascript:alert(1)",
    "data:text/html,<b>",
    '" autofocus onfocus=alert(1) x="',
    "' onclick='",
    "<a href=//x>",
]
MARKUP += [
    "<![CDATA[x]]>",
    "&lt;b&gt; &amp;amp; &#x41; &nbsp",
    "<img src=x onerror=alert(1)>",
    "<bdi></bdi></p></main>",
]
MARKUP += [
    "# One\n\n- [x] two\n\n---\n```\nthree\n~~~",
    "[a](javascript:b)",
    "| a | b |\n|---|",
    "---\ntitle: x\n---",
    "\\*",
]
QUERIES = ["' OR 1=1 --", "'; DROP TABLE x; --", "%' AND '1", "\\", "%", "_", "*", "?", ":name", "$1", "\\x00", "NULL"]
ADDRESSES = [
    "%00",
    "%0d%0aSet-Cookie: a=b",
    "%ff%fe",
    "%u0041",
    "../../etc/passwd",
    "file:///etc/passwd",
    "a&b=c",
    "a+b",
]
WORDS = [
    "null",
    "undefined",
    "None",
    "NaN",
    "Infinity",
    "true",
    "0",
    "-1",
    "1e309",
    "[]",
    "{}",
    "on",
    "sealed:",
    "\0sealed:00",
]
WORDS += [
    "9" * 400,
    "0x1F",
    "2026-02-30",
    "''",
    "CON",
    "nil",
    "{'a': 1}",
    '{"a": 1}',
    "x" * 5000,
    "word " * 2000,
    "\n" * 90,
]
LINES = [
    "one\r\ntwo\rthree\nfour",
    "\n\nlead",
    "trail\n\n",
    "  kept  ",
    "\ttab\ttab",
    "\u00a0no\u00a0break\u00a0",
    "a\vb\fc",
]
LINES += ["a\u0085b", "a\u2028b\u2029c", "\r", "\n", " ", "", "\u3000", "a\n \nb"]
ALONE = [*BIDI, *UNSEEN, *CONTROLS, *HALVES, *NONE, *MARKS, FAMILY, *SHEETS, *TEMPLATES, *MARKUP, *QUERIES, *ADDRESSES]
ALONE += [*WORDS, *LINES]
# Not a text but bytes that are none.
BYTES = [
    b"\xff",
    b"\xc3(",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"caf\xe9",
    b"\xfe\xff\x00a",
]
SEPARATOR = "\n·\n"


def by_hand() -> list[str]:
    """Each alone, at the beginning, in the middle and at the end of other words, and many beside another one."""
    around = [frame.replace("_", text, 1) for text in ALONE for frame in ("_", "_ after", "before _", "bef_ore")]
    pairs = [one + two for one, two in product((*BIDI, *UNSEEN, *CONTROLS, *HALVES), (*MARKUP[:6], *SHEETS[:4]))]
    return [*around, *pairs]


def by_chance(count: int, seed: int) -> Iterator[str]:
    """Over all of Unicode: each plane, block and category has its turn, not only the letters."""
    random = Random(seed)
    for _ in range(count):
        size = random.choice((1, 2, 3, 5, 8, 13, 40))
        kind = random.randrange(4)
        yield "".join(_sign(random, kind) for _ in range(size))


def _sign(random: Random, kind: int) -> str:
    if kind == 0:
        return chr(random.randrange(0x110000))
    if kind == 1:
        return chr(random.randrange(0x3000))
    if kind == 2:
        return random.choice("<>&\"'`={}%;:/\\#|\n\r\t\0 aé")
    return random.choice(ALONE)[:12]


def sent(text: str | bytes) -> bytes:
    """As a program sends it that looks at nothing."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def kept(data: bytes, *, line: bool = False) -> str:
    """What has to stand in the journal of what was sent: reckoned without the product."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) != "Cc")
    if not line:
        return text if text.strip() else ""
    return " ".join(part.strip() for part in text.split("\n") if part.strip())
