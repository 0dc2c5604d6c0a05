"""What every answer carries, beside what Django's own settings say (docs/security.md has the table)."""

from typing import Any

from csp.constants import NONE, SELF

REPORTS = "/policy-reports/"
OWN = ("script", "style", "img", "font", "connect", "manifest", "worker")
NOTHING = ("base-uri", "object-src", "frame-ancestors")
DENIED = ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort")
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in DENIED),
}
# A file is no page, has no address to tell of and asks for nothing, also where it is opened by itself, as pictures are.
OF_FILES = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_PAGES_ALONE = ("Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Frame-Options")
# Where an address is a key, whatever is answered there: it travels on to nobody.
# Never where a form asks for a token as well: without a referrer Chromium says "Origin: null", and it would be refused.
KEYS_IN_ADDRESS = ("/w/", "/u/", "/r/", "/account/invited/")


def policy(https: bool) -> dict[str, Any]:
    """Django-csp's setting: nothing of anybody else's, and no script, style or handler that stands in a page."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            **{f"{kind}-src": [SELF] for kind in OWN},
            "form-action": [SELF],
            **{name: [NONE] for name in NOTHING},
            **({"upgrade-insecure-requests": True} if https else {}),
            "report-uri": REPORTS,
        }
    }
