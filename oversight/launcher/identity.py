"""Which operating-system user the embedded servers run as.

PostgreSQL refuses to run as root, so root hands both servers to `nobody`; anybody else runs them as
themselves. Nothing here changes a user or a permission.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oversight.launcher.errors import LauncherError

UNPRIVILEGED_USER = "nobody"


@dataclass(frozen=True)
class Identity:
    """A user and group; `switches` says whether a process must change to them."""

    uid: int
    gid: int
    switches: bool

    def popen_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments that make `subprocess` run a command as this user."""
        if not self.switches:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_identity() -> Identity:
    """Return the user the servers run as, or refuse when root finds no unprivileged one."""
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid(), switches=False)
    try:
        user = pwd.getpwnam(UNPRIVILEGED_USER)
    except KeyError:
        raise LauncherError(
            f"PostgreSQL does not run as root and there is no user {UNPRIVILEGED_USER!r}: "
            "start this as an ordinary user."
        ) from None
    return Identity(user.pw_uid, user.pw_gid, switches=True)


def can_enter(folder: Path, identity: Identity) -> bool:
    """Say whether that user may enter the folder: tried, as modes do not tell all."""
    if not identity.switches:
        return os.access(folder, os.X_OK)
    answer = subprocess.run(  # noqa: S603 - fixed command, no shell
        ["/usr/bin/test", "-x", str(folder)], check=False, **identity.popen_arguments()
    )
    return answer.returncode == 0
