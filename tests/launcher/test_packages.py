"""What is installed, and what is said when nothing can be."""

import os
from pathlib import Path

from tests.launcher.shell import run_part, write_program

NO_POSTGRES = "find_postgres() { PG_WITHOUT_POSTGIS=''; return 1; };"


def test_a_machine_without_apt_is_shown_the_other_ways(tmp_path: Path):
    hide = "command() { return 1; };"
    answer = run_part(f"{NO_POSTGRES} {hide} ensure_packages cluster", var=tmp_path)
    assert answer.returncode == 1
    assert "docker compose up" in answer.stderr
    assert "DATABASE_URL" in answer.stderr


def test_somebody_without_root_or_sudo_is_told_what_to_ask_for(tmp_path: Path):
    weak = "can_become_root() { return 1; };"
    answer = run_part(f"{NO_POSTGRES} {weak} ensure_packages cluster", var=tmp_path)
    assert answer.returncode == 1
    assert "apt-get install" in answer.stderr
    assert "postgresql-postgis" in answer.stderr


def test_the_tests_get_what_reads_access_files(tmp_path: Path):
    lacking = "find_mdbtools() { return 1; }; find_chromium() { return 0; };"
    assert "mdbtools" in run_part(f"{lacking} test_packages", var=tmp_path).stdout.split()
    there = lacking.replace("return 1", "return 0")
    assert "mdbtools" not in run_part(f"{there} test_packages", var=tmp_path).stdout.split()


def test_the_tests_get_what_the_browsers_driver_is_linked_with(tmp_path: Path):
    bare = "find() { :; };"
    assert "libatomic1" in run_part(f"{bare} test_packages", var=tmp_path).stdout.split()
    there = 'find() { echo "$1/libatomic.so.1"; };'
    assert "libatomic1" not in run_part(f"{there} test_packages", var=tmp_path).stdout.split()


def test_a_server_without_postgis_gets_the_postgis_of_its_version(tmp_path: Path):
    script = "PG_WITHOUT_POSTGIS=17; postgres_packages"
    assert run_part(script, var=tmp_path).stdout.split() == ["postgresql-17-postgis-3"]


def test_debians_own_cluster_is_refused_before_the_package_comes(tmp_path: Path):
    conf = tmp_path / "etc" / "createcluster.conf"
    log = tmp_path / "order"
    fake = f'#!/bin/sh\necho "$@" >>{log}\n[ -e {conf} ] && echo "conf first" >>{log}\nexit 0\n'
    write_program(tmp_path / "bin" / "apt-get", fake)
    script = f'CREATECLUSTER_CONF={conf}; as_root() {{ "$@"; }}; install_packages "postgresql postgresql-postgis"'
    answer = run_part(script, var=tmp_path, PATH=f"{tmp_path}/bin:{os.environ['PATH']}")
    assert answer.returncode == 0, answer.stderr
    assert conf.read_text() == "create_main_cluster = false\n"
    assert log.read_text().index("conf first") < log.read_text().index("install")


def test_a_setting_that_exists_is_left_alone(tmp_path: Path):
    conf = tmp_path / "createcluster.conf"
    conf.write_text("# mine\n")
    run_part(f"CREATECLUSTER_CONF={conf}; refuse_main_cluster", var=tmp_path)
    assert conf.read_text() == "# mine\n"


def test_an_old_server_or_an_old_postgis_is_not_taken(tmp_path: Path):
    for name, server, postgis in (
        ("a", "14.9", "3.4.0"),
        ("b", "16.2", "3.2.1"),
        ("c", "15.4", "3.3.2"),
    ):
        folder = tmp_path / name
        write_program(folder / "postgres", f"#!/bin/sh\necho 'postgres (PostgreSQL) {server}'\n")
        write_program(folder / "pg_config", f"#!/bin/sh\necho {folder}\n")
        (folder / "extension").mkdir()
        (folder / "extension" / "postgis.control").write_text(f"default_version = '{postgis}'\n")
    folders = " ".join(f"{tmp_path}/{name}" for name in "abc")
    script = f'postgres_folders() {{ for f in {folders}; do say "$f"; done; }};'
    script += 'find_postgres; echo "$PG_BIN $PG_MAJOR $POSTGIS"'
    assert run_part(script, var=tmp_path / "v").stdout.split() == [f"{tmp_path}/c", "15", "3.3"]
