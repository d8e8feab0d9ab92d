"""The web server's settings, the same for the demo and for containers."""

import os
from pathlib import Path

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # it would be opened in the home directory, which may be read-only
accesslog = None  # who read what is the audit trail's; the proxy in front keeps addresses
errorlog = "-"
# Heartbeats are files: in memory, so that a slow disk is not taken for a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
