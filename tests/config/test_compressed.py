"""Whole answers compressed by zlib-ng: whoever asked reads the same, and nobody else gets less than they could read."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config.compressed import LEAST, Compressed, gzipped

PAGE = "<p>We walked to the harbour and back.</p>" * 40


def answered(response, accepts="gzip"):
    headers = {"Accept-Encoding": accepts} if accepts else {}
    return Compressed(lambda _request: response)(RequestFactory().get("/", headers=headers))


@given(st.binary(max_size=5000), st.integers(1, 200))
def test_what_is_packed_is_read_again(whole, most):
    assert gzip.decompress(gzipped(whole, most)) == whole


def test_a_page_is_packed_for_who_takes_it():
    response = answered(HttpResponse(PAGE, headers={"ETag": '"a"'}))
    assert gzip.decompress(response.content).decode() == PAGE
    assert response["Content-Encoding"] == "gzip" and response["Vary"] == "Accept-Encoding"
    assert response["Content-Length"] == str(len(response.content)) and len(response.content) < 300
    assert response["ETag"] == 'W/"a"'


@pytest.mark.parametrize("accepts", [None, "br", "identity"])
def test_nobody_else_gets_it_packed(accepts):
    response = answered(HttpResponse(PAGE, headers={"ETag": '"a"'}), accepts)
    assert response.content.decode() == PAGE
    assert "Content-Encoding" not in response and response["Vary"] == "Accept-Encoding" and response["ETag"] == '"a"'


def test_its_length_does_not_tell_what_is_in_it():
    assert len({len(answered(HttpResponse(PAGE)).content) for _ in range(60)}) > 15


@pytest.mark.parametrize("body", [b"short", bytes(range(256))[: LEAST - 1]])
def test_what_is_short_goes_as_it_is(body):
    response = answered(HttpResponse(body))
    assert response.content == body and "Content-Encoding" not in response


def test_what_does_not_get_shorter_goes_as_it_is():
    body = gzip.compress(PAGE.encode()) + bytes(range(256))
    response = answered(HttpResponse(body))
    assert response.content == body and "Content-Encoding" not in response


def test_what_is_packed_already_is_not_packed_again():
    body = gzip.compress(bytes(range(256)) * 2)
    response = answered(HttpResponse(body, headers={"Content-Encoding": "gzip"}))
    assert response.content == body


def test_a_stream_is_packed_as_it_comes():
    response = answered(StreamingHttpResponse([PAGE.encode()] * 3, headers={"Content-Length": "1"}))
    assert gzip.decompress(b"".join(response.streaming_content)).decode() == PAGE * 3
    assert "Content-Length" not in response and response["Content-Encoding"] == "gzip"
