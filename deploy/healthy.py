"""Ask the web process of this container whether it can serve; exit status 0 when it can.

The host name is one the settings allow; the answer needs no HTTPS (see SECURE_REDIRECT_EXEMPT).
"""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().removeprefix(".")
try:
    connection.request("GET", "/health/", headers={"Host": host})
    sys.exit(0 if connection.getresponse().status == 200 else 1)
except OSError as error:
    sys.exit(f"No answer: {error}")
