"""Both embedded servers together, each only where the environment names no other."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oversight.launcher import postgres, postgres_programs, redis
from oversight.launcher.identity import server_identity
from oversight.launcher.processes import Child
from oversight.launcher.state import (
    State,
    private_folder,
    remove,
    servers_home,
    socket_folder,
)


@dataclass(frozen=True)
class Servers:
    """The running servers and the addresses the application reaches them by."""

    children: tuple[Child, ...]
    environment: dict[str, str]


@contextlib.contextmanager
def servers(state: State, given: Mapping[str, str], *, durable: bool) -> Iterator[Servers]:
    """Run the servers that `given` has no address of; where it has both, nothing is started."""
    children: list[Child] = []
    addresses: dict[str, str] = {}
    wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if not given.get(name)]
    with contextlib.ExitStack() as stack:
        if wanted:
            identity = server_identity()
            home = servers_home(state, identity)
            sockets = socket_folder(state, home, identity, longest_name=postgres.SOCKET + ".lock")
        if "DATABASE_URL" in wanted:
            cluster = postgres.Cluster(
                programs=postgres_programs.find_programs(home, identity),
                data=home / "postgres",
                sockets=sockets,
                log=state.logs / "postgresql.log",
                identity=identity,
                durable=durable,
            )
            children.append(stack.enter_context(postgres.postgres(cluster)))
            addresses["DATABASE_URL"] = cluster.url(postgres.APPLICATION)
            addresses["DATABASE_OWNER_URL"] = cluster.url(postgres.OWNER)
        if "REDIS_URL" in wanted:
            server = redis.RedisServer(
                program=redis.find_program(home, identity),
                data=home / "redis",
                sockets=sockets,
                log=state.logs / "redis.log",
                identity=identity,
                durable=durable,
            )
            children.append(stack.enter_context(redis.redis(server)))
            addresses["REDIS_URL"] = server.url
        yield Servers(tuple(children), addresses)


def reset(state: State) -> None:
    """Remove what the launcher keeps of this copy, and nothing a person put beside it."""
    identity = server_identity()
    home = servers_home(state, identity)
    sockets = socket_folder(state, home, identity, longest_name=postgres.SOCKET + ".lock")
    private_folder(home, identity)
    remove((sockets, home, *state.own_names()))
