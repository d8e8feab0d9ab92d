"""The command line: `demo`, `reset`, `run -- COMMAND`, `test -- ARGUMENTS`."""

import os
import sys
import time
from pathlib import Path

from oversight.launcher.application import HOST, application, free_port, prepare
from oversight.launcher.errors import LauncherError
from oversight.launcher.foreground import run_in_foreground
from oversight.launcher.servers import reset, servers
from oversight.launcher.state import PROJECT, State, locked, open_state, secret_key
from oversight.launcher.stopping import Stopped, stoppable

USAGE = (
    "Usage: python -m oversight.launcher demo | reset | run -- COMMAND... | test -- ARGUMENTS..."
)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    match arguments:
        case ["demo"]:
            return _demo(open_state(_state_root()))
        case ["reset"]:
            return _reset(open_state(_state_root()))
        case ["run", "--", *command] if command:
            return _run(open_state(_state_root() / "test"), command)
        case ["test", "--", *rest]:
            return _run(open_state(_state_root() / "test"), [sys.executable, "-m", "pytest", *rest])
        case _:
            raise LauncherError(USAGE)


def _demo(state: State) -> int:
    with locked(state), stoppable(), servers(state, os.environ, durable=True) as running:
        port = free_port(os.environ.get("PORT"))
        environment = _environment(state, "demo") | running.environment
        owner_url = environment.pop("DATABASE_OWNER_URL", "")
        owner = {"DATABASE_OWNER_URL": owner_url} if owner_url else {}
        print("Preparing the database and the demo ...", flush=True)
        prepare(state, environment, owner)
        with application(state, environment, port) as (processes, sign_ins):
            print(sign_ins)
            print(f"\nReady: http://{HOST}:{port}/  (Ctrl-C stops everything)", flush=True)
            while True:
                for child in (*processes, *running.children):
                    child.check()
                time.sleep(0.3)


def _reset(state: State) -> int:
    with locked(state):
        reset(state)
    print("Everything the demo kept is removed; `make demo` starts over.")
    return 0


def _run(state: State, command: list[str]) -> int:
    with locked(state), stoppable(), servers(state, os.environ, durable=False) as running:
        environment = _environment(state, "test") | running.environment
        return run_in_foreground(command, environment)


def _environment(state: State, mode: str) -> dict[str, str]:
    """Return the application's environment: what is set stays, the rest gets this copy's values."""
    defaults = {
        "OVERSIGHT_MODE": mode,
        "OVERSIGHT_STATE": str(state.root),
        "SECRET_KEY": secret_key(state),
        "STORAGE_ROOT": str(state.storage),
        "STATIC_ROOT": str(state.static),
        "PYTHONUNBUFFERED": "1",
    }
    return defaults | {name: value for name, value in os.environ.items() if value}


def _state_root() -> Path:
    return Path(os.environ.get("OVERSIGHT_STATE") or PROJECT / "var").absolute()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LauncherError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or 'The system'}: {error.strerror}: mend that and start again.")
    except Stopped as stopped:
        print("Stopped.")
        sys.exit(0 if sys.argv[1:] == ["demo"] else 128 + stopped.number)  # its ordinary end
