"""A whole installation of its own: it starts, starts again quickly, and comes back after kill -9."""

import os
import re
import signal
import socket
from collections.abc import Iterator

import pytest

from tests.launcher.installation import KERNELS, Installation, installed, wait_for

pytestmark = [pytest.mark.launcher, pytest.mark.long]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("lindero") / "var") as here:
        yield here


def test_it_serves(installation: Installation):
    assert installation.status() == 200


def test_loops_of_the_basins_are_compiled_beside_it(installation: Installation):
    wait_for((KERNELS / "compiled").is_file, seconds=120)


def test_up_again_changes_no_process(installation: Installation):
    wait_for(installation.is_settled, seconds=90)
    installation.claim_start(seconds_ago=-3600)  # whoever edits code meanwhile changes nothing
    before = installation.process("web"), installation.process("worker"), installation.postmaster()
    answer = installation.lindero("up", "--detach")
    assert "Servidor ya en marcha" in answer.stdout, answer.stdout
    assert before == (
        installation.process("web"),
        installation.process("worker"),
        installation.postmaster(),
    )


def test_changed_code_restarts_the_server(installation: Installation):
    installation.claim_start(seconds_ago=10 * 365 * 86400)  # before any file of the checkout
    web, postmaster = installation.process("web"), installation.postmaster()
    installation.up()
    assert installation.process("web") != web
    assert installation.postmaster() == postmaster


def test_the_database_listens_on_its_socket_only(installation: Installation):
    answer = installation.lindero("psql", "-AtXc", "SELECT current_user; SHOW listen_addresses")
    assert answer.stdout == "lindero_owner\n\n", answer.stderr
    assert (installation.data().stat().st_mode & 0o777) == 0o700


def test_manage_says_nothing_of_its_own(installation: Installation):
    answer = installation.lindero("manage", "shell", "-v0", "-c", "print(6 * 7)")
    assert answer.stdout == "42\n", answer.stderr


@pytest.mark.parametrize("name", ["web", "worker", "render"])
def test_a_killed_process_comes_back_by_itself(installation: Installation, name: str):
    killed = installation.process(name)
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: installation.process(name) != killed)
    wait_for(lambda: _answers(installation))


def _answers(installation: Installation) -> bool:
    try:
        return installation.status() == 200
    except OSError:
        return False


def test_a_killed_supervisor_leaves_nothing_in_the_way(installation: Installation):
    os.kill(installation.process("supervisor"), signal.SIGKILL)
    installation.up()
    assert installation.status() == 200


def test_a_killed_postmaster_is_started_again(installation: Installation):
    os.kill(installation.postmaster(), signal.SIGKILL)
    installation.up()
    assert installation.status() == 200


def test_after_kill_9_of_everything_it_serves_again(installation: Installation):
    for process in [*installation.marked(), installation.postmaster()]:
        os.kill(process, signal.SIGKILL)
    installation.up()
    assert installation.status() == 200


def test_a_pid_file_with_the_number_of_a_stranger_is_no_obstacle(installation: Installation):
    installation.lindero("stop")
    (installation.data() / "postmaster.pid").write_text(f"{os.getpid()}\n")
    installation.up()
    assert installation.status() == 200


def test_another_port_moves_the_server_and_is_remembered(installation: Installation):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        other = Installation(installation.var, probe.getsockname()[1])
    other.up()
    assert other.status() == 200
    again = other.lindero("up", "--detach")
    assert f":{other.port}/" in again.stdout
    installation.up()


def test_a_port_taken_by_another_program_is_refused(installation: Installation):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen(1)
        port = str(stranger.getsockname()[1])
        answer = installation.lindero("up", "--detach", "--port", port)
    assert answer.returncode == 1
    assert re.search(r"--port \d+", answer.stderr)
    installation.up()


def test_doctor_finds_all_in_order(installation: Installation):
    installation.up()
    answer = installation.lindero("doctor")
    assert answer.returncode == 0, answer.stdout
    assert "✗" not in answer.stdout


def test_stop_ends_every_process(installation: Installation):
    installation.lindero("stop")
    assert installation.marked() == []
    assert not (installation.data() / "postmaster.pid").exists()
    answer = installation.lindero("doctor")
    assert "la base privada está detenida" in answer.stdout
    installation.up()
