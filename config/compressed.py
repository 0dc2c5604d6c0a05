"""Pages as they travel: gzip by zlib-ng, which needs under half of zlib's time for the same size."""

import gzip
import secrets

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from zlib_ng import gzip_ng

LEAST = 200
LEVEL = 6
# RFC 1952: ten bytes, of which the fourth holds the flags; a name that ends with NUL may follow.
HEAD, FLAGS = 10, 3


class Compressed(GZipMiddleware):
    """Django's, for whole answers; what streams, and what is too short or compressed already, is left to it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or len(response.content) < LEAST or "Content-Encoding" in response:
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            _compress(response, gzipped(response.content, self.max_random_bytes))
        return response


def _compress(response: HttpResponse, packed: bytes) -> None:
    """Where it gets shorter by it. RFC 9110, 8.8.1: a strong ETag names no bytes that are compressed on the way."""
    if len(packed) >= len(response.content):
        return
    response.content = packed
    response.headers["Content-Length"] = str(len(packed))
    response.headers["Content-Encoding"] = "gzip"
    if response.get("ETag", "").startswith('"'):
        response.headers["ETag"] = "W/" + response["ETag"]


def gzipped(whole: bytes, most: int) -> bytes:
    """With a name of a random length, shorter than `most` bytes: how long an answer is does not tell what is in it
    (BREACH; Heal the Breach, Palacios et al., 2022).
    """
    packed: bytes = gzip_ng.compress(whole, LEVEL, mtime=0)  # type: ignore[no-untyped-call]
    head = bytearray(packed[:HEAD])
    head[FLAGS] = gzip.FNAME
    return b"".join((head, b"a" * secrets.randbelow(most), b"\0", packed[HEAD:]))
