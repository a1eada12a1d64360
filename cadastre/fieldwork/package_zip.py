"""The package as one file: project, data, page and an empty folder for photographs, under a folder of its name."""

import zipfile
from pathlib import Path

from cadastre.fieldwork.project_file import DATA_FILE

PROJECT_FILE = "proyecto.qgs"
README_FILE = "LEAME.html"
# No clock in it: the same content is the same file.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def package_zip(target: Path, *, folder: str, data: Path, project: bytes, readme: bytes) -> None:
    """Write the zip to ``target``."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (
            (README_FILE, readme),
            (PROJECT_FILE, project),
            (DATA_FILE, data.read_bytes()),
            ("DCIM/", b""),
        ):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o40755 if name.endswith("/") else 0o100644) << 16
            archive.writestr(entry, content)
