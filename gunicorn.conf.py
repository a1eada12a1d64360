"""gunicorn's settings: two processes of eight threads, limits on what a stranger may send."""

import os
from pathlib import Path

bind = os.environ.get("LINDERO_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("LINDERO_WEB_WORKERS") or 2)
threads = int(os.environ.get("LINDERO_WEB_THREADS") or 8)

# A worker is renewed after a while, not all at once, so that a slow leak never matters.
max_requests = 200_000
max_requests_jitter = 20_000

# Silence for this long means that the process hangs; a stop waits for open requests.
timeout = 60
graceful_timeout = 20
keepalive = 5
worker_connections = 200

# `./lindero` steers the processes; a second door for commands is not wanted.
control_socket_disable = True

limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

# X-Forwarded-* is believed only from a proxy on this machine.
forwarded_allow_ips = os.environ.get("LINDERO_PROXY_ADDRESSES", "127.0.0.1,::1")

# The heartbeat file must not wait for a disk.
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"

errorlog = "-"
# Requests are logged by Django, by route and without query: searches carry names and identity numbers.
accesslog = None


def post_worker_init(worker: object) -> None:
    """In each new process, once the application stands."""
    from water_basins.queries.warm_up import warm_up  # needs the settings, which gunicorn has not

    warm_up()
