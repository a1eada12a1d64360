"""Fixtures for everybody. A test uses one of three databases, or none:

`db` (or the mark `django_db`)  the empty migrated one, as lindero_app, rolled back afterwards;
`sample_database`               small committed sample data, for doors that read as lindero_public;
`fresh_database`                an own copy of the empty one, committed writes and threads allowed.

What a test does with its own hands goes across municipalities. Requests, commands and jobs that it
starts begin in none, as they do in an installation (gis_project/territory/scope.py).
"""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import BaseCommand
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from gis_project.territory.scope import across_municipalities, outside
from tests import databases, fingerprint
from tests.servers import sample_server as sample_server

# WhiteNoise warns of a folder that is not there yet, and warnings are errors; servers of tests fill it themselves.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

GOLDEN = Path(__file__).parent / "golden"
_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write golden files from today's answers"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried 40 times each, 400 times when the long proofs run; a crowded machine is no fault."""
    often = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    hypothesis_settings.register_profile("short", max_examples=40, **often)
    hypothesis_settings.register_profile("long", max_examples=400, **often)
    is_long = config.getoption("markexpr") in ("slow", "slow or not slow")
    hypothesis_settings.load_profile("long" if is_long else "short")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker("database")
    if os.environ.get("LINDERO_REAL_DATA"):
        return
    unwanted = [item for item in items if item.get_closest_marker("real_data")]
    if unwanted:
        config.hook.pytest_deselected(items=unwanted)
        items[:] = [item for item in items if item not in unwanted]


@pytest.fixture(scope="session", autouse=True)
def _frame_for_tests() -> Iterator[None]:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with (
        override_settings(PASSWORD_HASHERS=["tests.cheap_hasher.CheapArgon2"]),
        across_municipalities("a test prepares and looks at several towns"),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _commands_start_in_no_municipality() -> Iterator[None]:
    execute = BaseCommand.execute

    def as_a_process_of_its_own(command: BaseCommand, *arguments: Any, **options: Any) -> Any:
        with outside():
            return execute(command, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseCommand, "execute", as_a_process_of_its_own)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker
) -> Iterator[None]:
    """Build the empty database as the owner; from then on Django works in it as lindero_app."""
    keep = request.config.getvalue("reuse_db")
    name = databases.base_name()
    if not (keep and fingerprint.matches(name)):
        databases.build(name)
        fingerprint.write(name)
    with django_db_blocker.unblock(), databases.pointing_at(name):
        yield
    if not keep:
        databases.drop(name)


@pytest.fixture
def fresh_database(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker):
    """The name of an empty database of this test's own; writes are committed, threads see them."""
    _alone(request)
    name = f"{databases.base_name()}_{next(_numbers)}"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(databases.base_name(), name)
        try:
            with databases.pointing_at(name):
                yield name
        finally:
            databases.drop(name)


@pytest.fixture(scope="session")
def sample_database_name(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The committed sample database, built once; servers and browsers work on it by this name."""
    name = f"{databases.base_name()}_sample"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(databases.base_name(), name)
        with databases.pointing_at(name):
            from tests import sample_data

            with transaction.atomic():
                sample_data.build()
    yield name
    databases.drop(name)


@pytest.fixture
def sample_database(
    request: pytest.FixtureRequest, sample_database_name: str, django_db_blocker
) -> Iterator[str]:
    """Django and the public doors read the sample data; what the test writes is rolled back."""
    _alone(request)
    with (
        django_db_blocker.unblock(),
        databases.pointing_at(sample_database_name),
        transaction.atomic(),
    ):
        yield sample_database_name
        transaction.set_rollback(True)


def _alone(request: pytest.FixtureRequest) -> None:
    asked = {"db", "transactional_db", "fresh_database", "sample_database"} & set(
        request.fixturenames
    )
    if request.node.get_closest_marker("django_db") or len(asked) > 1:
        pytest.fail("Use one of: db (or the mark django_db), sample_database, fresh_database.")


@pytest.fixture
def transactional_db() -> None:
    pytest.fail("Flushing is not granted to lindero_app: use fresh_database for committed writes.")


@pytest.fixture
def real_data() -> Path:
    """The folder of the real data sets; together with the mark `real_data`. Missing data fail."""
    folder = Path(os.environ["LINDERO_REAL_DATA"])
    if not folder.is_dir():
        pytest.fail(f"LINDERO_REAL_DATA names {folder}, which is not there.")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("name.txt", text)` compares with tests/golden/name.txt; `--accept` rewrites it."""

    def compare(name: str, answer: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(answer, encoding="utf-8")
        if not path.exists():
            pytest.fail(f"{path} is not there yet: look at the answer, then run with --accept.")
        assert answer == path.read_text(encoding="utf-8")

    return compare
