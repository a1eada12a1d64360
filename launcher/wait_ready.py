"""Waits until the given address answers 200; prints the last answer when it never does."""

import os
import sys
import time
import urllib.error
import urllib.request


def host_header() -> str:
    """A name that ALLOWED_HOSTS accepts."""
    first = os.environ.get("LINDERO_ALLOWED_HOSTS", "").split(",")[0].strip()
    return first if first and not first.startswith((".", "*")) else "127.0.0.1"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def main() -> int:
    url, seconds = sys.argv[1], float(sys.argv[2])
    headers = {"Host": host_header(), "X-Forwarded-Proto": "https"}
    # No proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
    began = time.monotonic()
    deadline = began + seconds
    answer = "sin respuesta"
    while time.monotonic() < deadline:
        try:
            with opener.open(urllib.request.Request(url, headers=headers), timeout=10):
                return 0
        except urllib.error.HTTPError as error:
            answer = f"{error.code}: {error.read(500).decode(errors='replace')}"
            if error.code < 500:  # it serves, but not this: waiting longer will not help
                deadline = min(deadline, time.monotonic() + 5)
        except OSError as error:
            answer = str(error)
        time.sleep(0.25)
    waited = time.monotonic() - began
    print(f"{url} no respondió 200 en {waited:.0f} s; última respuesta: {answer}")  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
