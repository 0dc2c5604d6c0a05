"""The picture that an authenticator app reads, as a path of squares: it stands in the page, so no image is loaded."""

from typing import NamedTuple

from allauth.mfa.adapter import get_adapter

from accounts.models import User

QUIET = 4  # modules of nothing around it (ISO/IEC 18004)


class Picture(NamedTuple):
    side: str
    path: str
    address: str  # for an app on this very device


def drawn(user: User, secret: str) -> Picture:
    from qrcode.constants import ERROR_CORRECT_M  # some megabytes, for a page that one opens once
    from qrcode.main import QRCode

    address = get_adapter().build_totp_url(user, secret)
    code: QRCode[None] = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return Picture(str(len(rows)), "".join(squares), address)
