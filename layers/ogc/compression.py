"""gzip for streamed answers, batch by batch, so that the first features still leave at once."""

from collections.abc import Iterable, Iterator
from typing import cast

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from isal import isal_zlib

_GZIP = 31  # zlib's number for the gzip container


def compressed(request: HttpRequest, response: StreamingHttpResponse) -> StreamingHttpResponse:
    """``response``, packed if the client takes gzip."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if _takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.streaming_content = _packed(cast(Iterable[bytes], response.streaming_content))
        response["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(accepted: str) -> bool:
    for entry in accepted.lower().split(","):
        name, _, quality = entry.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, _GZIP)
    for part in parts:
        yield packer.compress(part) + packer.flush(isal_zlib.Z_SYNC_FLUSH)
    yield packer.flush()
