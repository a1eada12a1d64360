"""As root, what serves is a user without rights; where that cannot be, it is said and goes on as before."""

from pathlib import Path

from tests.launcher.shell import run_part

NOT_ROOT = "is_root() { false; };"
ROOT_HERE = "is_root() { true; };"
MADE = "make_service_user() { true; };"
CHOOSE = 'PYTHON=python3; choose_service_user; echo "user=$SERVES_AS"; say_who_serves'


def told(var: Path, script: str) -> str:
    answer = run_part(script, var=var)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_whoever_is_not_root_serves_himself(tmp_path: Path):
    assert told(tmp_path, NOT_ROOT + CHOOSE) == "user=\n"
    assert told(tmp_path, f"{NOT_ROOT} SERVES_AS=''; as_service") == ""


def test_root_hands_over_to_the_user_without_rights(tmp_path: Path):
    can = "service_can_run() { true; };"
    assert told(tmp_path, ROOT_HERE + MADE + can + CHOOSE) == "user=lindero\n"
    words = told(tmp_path, "SERVES_AS=lindero; as_service")
    assert words.startswith("setpriv --reuid=lindero --regid=lindero")
    assert "--no-new-privs" in words


def test_a_checkout_closed_to_it_is_said_and_root_goes_on(tmp_path: Path):
    cannot = "service_can_run() { false; };"
    answer = told(tmp_path, ROOT_HERE + MADE + cannot + CHOOSE)
    assert answer.startswith("user=\n")
    assert "Sirve como root" in answer
    assert "no puede leer" in answer


def test_a_user_that_cannot_be_made_is_said(tmp_path: Path):
    answer = told(tmp_path, f"{ROOT_HERE} make_service_user() {{ false; }}; {CHOOSE}")
    assert "no se pudo crear el usuario" in answer


def test_superuser_and_owner_are_not_for_the_one_who_serves(tmp_path: Path):
    rules = told(tmp_path, ROOT_HERE + "access_rules; access_names").splitlines()
    assert rules[0] == "local all postgres,lindero_owner peer map=lindero"
    assert rules[1] == "local replication all peer map=lindero"
    assert "lindero root lindero_owner" in rules
    assert not any(rule.startswith("lindero lindero ") for rule in rules)
    assert "peer" not in told(tmp_path, NOT_ROOT + "access_rules")
