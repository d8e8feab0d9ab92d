"""The embedded servers, started for real: where they listen, what they survive and keep."""

import os
import signal
import stat
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
import redis as client

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity, can_enter, server_identity
from oversight.launcher.postgres_programs import MAJOR
from oversight.launcher.servers import reset, servers
from oversight.launcher.state import State, open_state, servers_home


def ask(url: str, statement: str) -> object:
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def socket_folder(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def test_servers_listen_on_private_unix_sockets_only(state: State) -> None:
    with servers(state, {}, durable=True) as running:
        application = running.environment["DATABASE_URL"]
        owner = running.environment["DATABASE_OWNER_URL"]
        assert ask(application, "SELECT current_user") == "oversight_app"
        assert ask(owner, "SELECT current_user") == "oversight_owner"
        assert ask(application, "SHOW listen_addresses") == ""
        assert str(ask(application, "SHOW server_version")).startswith(f"{MAJOR}.")
        assert ask(application, "SHOW fsync") == "on"
        redis = client.Redis.from_url(running.environment["REDIS_URL"])
        assert redis.ping()
        assert redis.config_get("port") == {"port": "0"}
        redis.close()
        sockets = socket_folder(application)
        found = sockets.stat()
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == server_identity().uid != 0


def test_the_application_owns_nothing_and_cannot_create_databases(state: State) -> None:
    with servers(state, {}, durable=False) as running:
        url = running.environment["DATABASE_URL"]
        owned = "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'oversight'"
        assert ask(url, owned) == "oversight_owner"
        assert ask(url, "SHOW fsync") == "off"
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(url, "CREATE DATABASE mine")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(url, "CREATE TABLE mine (id int)")
        ask(running.environment["DATABASE_OWNER_URL"], "CREATE DATABASE for_tests")


def test_a_second_start_keeps_rows_and_queue(state: State) -> None:
    with servers(state, {}, durable=True) as running:
        ask(running.environment["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 7 AS number")
        with client.Redis.from_url(running.environment["REDIS_URL"]) as redis:
            redis.rpush("queue", "task")
    with servers(state, {}, durable=True) as running:
        assert ask(running.environment["DATABASE_OWNER_URL"], "SELECT number FROM kept") == 7
        with client.Redis.from_url(running.environment["REDIS_URL"]) as redis:
            assert redis.lrange("queue", 0, -1) == [b"task"]


def test_servers_killed_outright_start_again(state: State) -> None:
    with servers(state, {}, durable=True) as running:
        for child in running.children:
            os.kill(child.process.pid, signal.SIGKILL)
            child.process.wait()
        home = servers_home(state, server_identity())
        assert (home / "postgres" / "postmaster.pid").exists()
        with pytest.raises(
            LauncherError, match=r"PostgreSQL stopped unexpectedly .*postgresql\.log"
        ):
            running.children[0].check()
    with servers(state, {}, durable=True) as running:
        assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1


def test_servers_left_over_are_ended_before_new_ones_start(state: State) -> None:
    with (
        servers(state, {}, durable=True) as left_over,
        servers(state, {}, durable=True) as running,
    ):
        assert all(child.process.wait(5) is not None for child in left_over.children)
        assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1
        with client.Redis.from_url(running.environment["REDIS_URL"]) as redis:
            assert redis.ping()


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(state: State) -> None:
    with servers(state, {}, durable=True):
        pass
    home = servers_home(state, server_identity())
    (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
    with servers(state, {}, durable=True) as running:
        assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1


def test_a_half_done_first_initialisation_is_done_over(state: State) -> None:
    home = servers_home(state, server_identity())
    (home / "postgres.unfinished").mkdir()
    (home / "postgres.unfinished" / "PG_VERSION").write_text(f"{MAJOR}\n")
    with servers(state, {}, durable=True) as running:
        assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1
    assert not (home / "postgres.unfinished").exists()


def test_data_of_another_version_is_refused_and_kept(state: State) -> None:
    home = servers_home(state, server_identity())
    (home / "postgres").mkdir()
    (home / "postgres" / "PG_VERSION").write_text("16\n")
    with (
        pytest.raises(
            LauncherError, match="made by PostgreSQL 16 and this is 18: run `make demo-r"
        ),
        servers(state, {}, durable=True),
    ):
        pass
    assert (home / "postgres" / "PG_VERSION").read_text() == "16\n"


def test_addresses_given_are_used_and_nothing_is_started(state: State) -> None:
    given = {"DATABASE_URL": "postgresql://a@b/c", "REDIS_URL": "redis://d"}
    with servers(state, given, durable=True) as running:
        assert running.children == ()
        assert running.environment == {}
    assert not (state.root / "servers").exists()


def test_one_address_given_starts_the_other_server_alone(state: State) -> None:
    with servers(state, {"DATABASE_URL": "postgresql://a@b/c"}, durable=True) as running:
        assert [child.command.name for child in running.children] == ["Redis"]
        assert list(running.environment) == ["REDIS_URL"]


def test_a_long_path_and_a_strange_name_get_short_plain_sockets(
    without_addresses: None,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        long = open_state(Path(folder) / ("a name with 50% blanks " * 5) / "state")
        try:
            with servers(long, {}, durable=False) as running:
                assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1
                sockets = socket_folder(running.environment["DATABASE_URL"])
                with client.Redis.from_url(running.environment["REDIS_URL"]) as redis:
                    assert redis.ping()
            assert len(str(sockets)) < 40
        finally:
            reset(long)
        assert not sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the servers to another user")
def test_a_folder_the_servers_cannot_enter_is_left_as_it_is(
    without_addresses: None, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    state = open_state(tmp_path / "state")
    identity = server_identity()
    assert not can_enter(state.root, identity)
    try:
        with servers(state, {}, durable=False) as running:
            assert ask(running.environment["DATABASE_URL"], "SELECT 1") == 1
        home = servers_home(state, identity)
        assert tmp_path not in home.parents
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    finally:
        reset(state)
    assert not home.exists()


def test_an_ordinary_user_runs_the_servers_as_themselves() -> None:
    ordinary = Identity(1000, 1000, switches=False)
    assert ordinary.popen_arguments() == {}
    assert can_enter(Path("/"), ordinary)
