"""A device that keeps passkeys, as far as a server can tell: it makes one, and signs with it."""

import json
import secrets
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

Flag = AuthenticatorData.FLAG


@dataclass
class Keeper:
    """Bound to the name `host`; `verified`: its owner's finger, face or PIN was asked for."""

    host: str = "localhost"
    origin: str = "http://localhost"
    verified: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def made(self, challenge: str = "") -> dict[str, Any]:
        """What a page sends for `credential` when a passkey is added."""
        told = self._told("webauthn.create", challenge)
        public = AttestedCredentialData.create(bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = self._data(public)
        response = {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": _b64(AttestationObject.create("none", data, {})),
        }
        return self._credential(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def signed(self, challenge: str, handle: str) -> dict[str, Any]:
        """What a page sends when somebody signs in with it; `handle` is whose it is."""
        told, data = self._told("webauthn.get", challenge), self._data(None)
        signature = self.key.sign(bytes(data) + sha256(told), ECDSA(SHA256()))
        response = {"clientDataJSON": _b64(told), "authenticatorData": _b64(data), "signature": _b64(signature)}
        return self._credential(response | {"userHandle": _b64(handle.encode())})

    def _told(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge or secrets.token_bytes(16), self.origin))

    def _data(self, public: AttestedCredentialData | None) -> AuthenticatorData:
        flags = Flag.UP | (Flag.UV if self.verified else 0) | (Flag.AT if public else 0)
        return AuthenticatorData.create(sha256(self.host.encode()), flags, 0, public or b"")

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": _b64(self.id), "rawId": _b64(self.id), "type": "public-key", "response": response} | {
            "clientExtensionResults": {}
        }


def _b64(data: bytes) -> str:
    return str(websafe_encode(bytes(data)))


def asked(page: str) -> dict[str, Any]:
    """The options that stand in a page for the browser."""
    return dict(json.loads(unescape(page.partition('data-options="')[2].partition('"')[0])))
