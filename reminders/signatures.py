"""What stands beneath somebody's words and is none of them: rules, a signature, what a telephone says of itself."""

import re

RULE = re.compile(
    r"^[-–—_=*>|\s\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]*$"
    r"|^[-–—_]{2,}\s?[^\W_][^-–—_]{0,60}[-–—_]{2,}$"  # -----Original Message-----
)
DELIMITERS = ("-- ", "--")
# The Arabic vowel signs, the stretching stroke and the marks of direction: written or left out as one likes.
UNWRITTEN = re.compile(r"[\u0640\u064b-\u0652\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DEVICE = (
    r"(?:iphone|ipad|ipod|android|outlook|samsung|galaxy|huawei|xiaomi|pixel|smartphone|blackberry|yahoo|gmx|web\.de"
    r"|proton|gmail|thunderbird|k-9|fairphone|mail (?:for|für) windows|courrier|mobil\w*|handy|téléphone|هاتف|جوال)"
)
FROM = (
    r"(?:sent (?:from|via|with)|gesendet (?:von|mit|über)|diese nachricht wurde von"
    r"|envoyé (?:de|d[’']|depuis|à partir|avec)|provenance ?:|(?:مرسلة?|[أا]رسلت?|تم ال[إا]رسال) (?:من|عبر|بواسطة))"
)
FETCH = r"(?:get|holen sie sich|obtenir|téléchargez|télécharger|الحصول على|احصل على) outlook"
SENT_FROM = re.compile(
    rf"\W*(?:{FROM}.{{0,40}}?{DEVICE}.{{0,80}}|{FETCH}.{{0,80}}|outlook (?:für|pour) .{{0,80}}"
    rf"|von meine[mr] .{{0,30}}gesendet\W*)",
    re.I,
)


def without(lines: list[str]) -> str:
    lines = without_rules(lines)
    dashes = [number for number, line in enumerate(lines) if line in DELIMITERS]
    if dashes and (lines[dashes[-1]] == DELIMITERS[0] or len(dashes) == 1):
        lines = without_rules(lines[: dashes[-1]])
    while lines and SENT_FROM.fullmatch(UNWRITTEN.sub("", lines[-1]).strip()):
        lines = without_rules(lines[:-1])
    return "\n".join(lines).strip()


def without_rules(lines: list[str]) -> list[str]:
    """Less what is blank or drawn at the end."""
    end = len(lines)
    while end and RULE.match(lines[end - 1]) and lines[end - 1] not in DELIMITERS:
        end -= 1
    return lines[:end]
