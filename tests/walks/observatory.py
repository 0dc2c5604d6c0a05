"""The score of MDN's HTTP Observatory, reckoned as its grader does (mdn/mdn-http-observatory, src/grader/charts.js):
100, less what is missing, and from 90 on what is more than asked.
"""

from collections.abc import Mapping, Sequence
from http.cookies import Morsel

HALF_A_YEAR = 15_768_000
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def policy_of(headers: Mapping[str, str]) -> dict[str, list[str]]:
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def score(headers: Mapping[str, str], cookies: Sequence["Morsel[str]"], redirects: bool, scripts: list[str]) -> int:
    """`redirects`: whether http leads to https; `scripts`: where the page has its scripts from."""
    taken = sum(lost(headers, cookies, redirects, scripts).values())
    given = sum(gained(headers, cookies).values())
    return 100 - taken + (given if 100 - taken >= 90 else 0)


def lost(
    headers: Mapping[str, str], cookies: Sequence["Morsel[str]"], redirects: bool, scripts: list[str]
) -> dict[str, int]:
    policy, faults = policy_of(headers), {}
    if not policy:
        faults["no policy"] = 25
    elif any("unsafe" in source or source in ("*", "https:", "data:") for name in policy for source in policy[name]):
        faults["a policy that allows what stands in a page"] = 20
    if not redirects:
        faults["http is answered"] = 20
    seconds = headers.get("Strict-Transport-Security", "max-age=0").split(";")[0].partition("=")[2]
    if int(seconds) < HALF_A_YEAR:
        faults["HSTS"] = 10 if int(seconds) else 20
    if headers.get("X-Content-Type-Options") != "nosniff":
        faults["nosniff"] = 5
    if headers.get("X-Frame-Options") != "DENY" and policy.get("frame-ancestors") != ["'none'"]:
        faults["frames"] = 20
    if not all(cookie["secure"] for cookie in cookies):
        faults["cookies without Secure"] = 20
    if not all(cookie["httponly"] for cookie in cookies):
        faults["cookies that a script reads"] = 10
    if headers.get("Access-Control-Allow-Origin"):
        faults["others may read"] = 50
    if any(not src.startswith("/") or src.startswith("//") for src in scripts):
        faults["scripts from elsewhere"] = 5
    return faults


def gained(headers: Mapping[str, str], cookies: Sequence["Morsel[str]"]) -> dict[str, int]:
    policy = policy_of(headers)
    same = {"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
    wanted = same | {"Cross-Origin-Embedder-Policy": "require-corp"}
    return {
        "nothing by default": 10 * (policy.get("default-src") == ["'none'"]),
        "cookies": 5 * all(cookie["samesite"] in ("Lax", "Strict") for cookie in cookies),
        "referrer": 5 * (headers.get("Referrer-Policy") in PRIVATE_REFERRERS),
        "frames by policy": 5 * (policy.get("frame-ancestors") == ["'none'"]),
        **{name: 10 * (headers.get(name) == value) for name, value in wanted.items()},
    }
