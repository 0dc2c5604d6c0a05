from typing import Any

from django.apps import AppConfig


class Unsealed(AppConfig):
    name = "tests.walks"
    label = "unsealed"

    def ready(self) -> None:
        from accounts import sealed

        def seal(text: str, *bound: Any) -> sealed.Sealed:
            return sealed.Sealed(b"\x00" + text.encode() if text else b"")

        def unseal(value: bytes, *bound: Any) -> str:
            return value[1:].decode()

        sealed.seal, sealed.unseal = seal, unseal
