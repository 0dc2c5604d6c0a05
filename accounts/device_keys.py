"""Words that are written without a network wait on the device, sealed by a key of which the device has one half.

    there    the public half: it seals, and opens nothing
    here     the private half, sealed like a text; gone when the book is closed on that device

    carried  a public half made for this text alone (65) | nonce (12) | AES-256-GCM(words, tag 16)
    key      HKDF-SHA256 of ECDH on P-256, for INFO; the text is bound to the id that it was written under

Whoever opens the device’s browser finds nothing that opens anything. A session that ended leaves the half here: when
the same person signs in on that device, their words are let in.
"""

from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpRequest

from accounts.models import DeviceKey, User

CURVE = ec.SECP256R1()
INFO = b"onward-carried1"
POINT, NONCE, TAG = 65, 12, 16
IN_SESSION = "device_key"
A_DAY = timedelta(days=1)


class Unreadable(Exception):
    """It was not sealed by this key, or was changed on its way."""


def of(user: User, id: UUID | None) -> DeviceKey | None:
    return DeviceKey.objects.filter(owner=user, pk=id).first() if id else None


def hand_out(request: HttpRequest, user: User, held: UUID | None, now: datetime) -> DeviceKey:
    """The key of this session. What the device holds from an earlier one goes on, if it is this person’s."""
    key = of(user, held) or of(user, _of_session(request)) or _fresh(user, now)
    if now - key.seen_at > A_DAY:
        key.seen_at = now
        key.save(update_fields=["seen_at"])
    request.session[IN_SESSION] = str(key.pk)
    return key


def forget(request: HttpRequest) -> None:
    """The book is closed on this device: what still waits there can never be opened again."""
    if id := _of_session(request):
        DeviceKey.objects.filter(owner_id=request.user.pk, pk=id).delete()


def tick(now: datetime) -> None:
    DeviceKey.objects.filter(seen_at__lt=now - DeviceKey.KEPT).delete()


def _of_session(request: HttpRequest) -> UUID | None:
    id = request.session.get(IN_SESSION)
    return UUID(id) if id else None


def _fresh(user: User, now: datetime) -> DeviceKey:
    private = ec.generate_private_key(CURVE).private_numbers().private_value
    return DeviceKey.objects.create(owner=user, private=f"{private:064x}", seen_at=now)


# Between the two halves


def public(key: DeviceKey) -> bytes:
    return point(_private(key).public_key())


def opened(key: DeviceKey, carried: bytes, id: UUID) -> bytes:
    """Raises Unreadable."""
    if len(carried) < POINT + NONCE + TAG:
        raise Unreadable
    half, nonce, sealed = carried[:POINT], carried[POINT : POINT + NONCE], carried[POINT + NONCE :]
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, half)
        return AESGCM(shared(_private(key), sender)).decrypt(nonce, sealed, str(id).encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _private(key: DeviceKey) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int(key.private, 16), CURVE)


def point(half: ec.EllipticCurvePublicKey) -> bytes:
    return half.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def shared(private: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey) -> bytes:
    return HKDF(SHA256(), 32, salt=b"", info=INFO).derive(private.exchange(ec.ECDH(), other))
