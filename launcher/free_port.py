"""Exits 0 when the address can be bound; otherwise prints the reason and a remedy with a free port."""

import errno
import socket
import sys

FAMILIES = {True: socket.AF_INET6, False: socket.AF_INET}


def bind_error(host: str, port: int) -> OSError | None:
    with socket.socket(FAMILIES[":" in host], socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error
    return None


def main() -> int:
    host, port = sys.argv[1].strip("[]"), int(sys.argv[2])
    error = bind_error(host, port)
    if error is None:
        return 0
    if error.errno == errno.EADDRINUSE:
        free = next(p for p in range(port + 1, 65536) if bind_error(host, p) is None)
        print("lo tiene otro programa")  # noqa: T201
        print(f"Use otro puerto: ./lindero up --port {free}")  # noqa: T201
    else:
        print(error.strerror)  # noqa: T201
        print("Use otra dirección o un puerto mayor que 1023: ./lindero up --port 8000")  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
