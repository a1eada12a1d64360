"""A dump of any server, restored into a new private cluster, is equal; it goes to no instant."""

from datetime import UTC, datetime

import pytest

from gis_project.territory.backup.folder import BackupRefused
from gis_project.territory.backup.restore import restore
from gis_project.territory.backup.take import take_logical


@pytest.mark.slow
def test_a_dump_is_restored_equal(town, folder, place):
    made = take_logical(
        installation=town.installation,
        url=town.cluster.url("lindero_owner", "lindero"),
        programs=None,
        folder=folder,
        tell=lambda line: None,
    )
    assert made.kind == "logical"
    options = {
        "folder": folder,
        "programs": town.cluster.programs,
        "at_backup": False,
        "keep_running": True,
        "tell": lambda line: None,
    }
    result = restore(made, place=place(), instant=None, **options)
    assert [row for row in result.rows if not row.is_equal] == []
    with pytest.raises(BackupRefused, match="lógico"):
        restore(made, place=place(), instant=datetime.now(UTC), **options)
