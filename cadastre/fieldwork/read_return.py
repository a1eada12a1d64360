"""The child process that reads what came back from the field: ``python -m cadastre.fieldwork.read_return ORDER.json``.

It reads the package as it was issued and what came back with the same eyes, and leaves both in the folder it was
given (``return.json``, photographs under ``files``), or ``refusal.json`` with the reason.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from cadastre.imports import sandbox
from cadastre.imports.limits import ReadingLimits

_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_WRITE_AHEAD = b"\x02\x02"


def main(order_file: Path) -> None:
    """Carry out the order in ``order_file``."""
    order = json.loads(order_file.read_text(encoding="utf-8"))
    limits = ReadingLimits(**order["limits"])
    sandbox.enter(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        file_bytes=max(limits.handover_bytes, limits.unzipped_bytes),
    )
    folder = Path(order["folder"])

    from gis_project.core.errors import DomainError

    try:
        told = answer(order, limits, folder)
        (folder / "return.json").write_text(json.dumps(told, allow_nan=False), "utf-8")
    except DomainError as refusal:
        said = {"code": refusal.code, "message": refusal.message, "details": refusal.details}
        (folder / "refusal.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def answer(order: dict[str, Any], limits: ReadingLimits, folder: Path) -> dict[str, Any]:
    """What the package held and what came back, table by table."""
    from cadastre.fieldwork.delta_file import laid_upon, read_deltas
    from cadastre.fieldwork.returned_tables import returned_tables

    work = folder / "work"
    work.mkdir()
    issued = _data_of(Path(order["issued"]), work / "issued", limits)[0]
    path, pictures = _data_of(Path(order["path"]), work / "brought", limits)
    held = returned_tables(issued, order["tables"], most_rows=limits.records)
    told: dict[str, Any] = {"held": held, "pictures": pictures}
    if path.suffix == ".json":
        deltas = [*(d for earlier in order["earlier"] for d in read_deltas(Path(earlier)))]
        new = read_deltas(path)
        brought = laid_upon(held, [*deltas, *new])
        told |= {"kind": "DELTA", "brought": brought, "deltas": [d["uuid"] for d in new]}
    else:
        brought = returned_tables(path, order["tables"], most_rows=limits.records)
        told |= {"kind": "GPKG", "brought": brought, "deltas": []}
    return told


def _data_of(path: Path, folder: Path, limits: ReadingLimits) -> tuple[Path, list[dict[str, Any]]]:
    """The GeoPackage or delta file as a copy of ours, and the photographs beside it."""
    from cadastre.imports.unpack import unpack_chosen

    folder.mkdir()
    if not zipfile.is_zipfile(path):
        return _bare(path, folder), []
    pictures: dict[str, Path] = {}

    def choose(entries: list[zipfile.ZipInfo]) -> dict[str, Path]:
        names = {
            entry.filename: PurePosixPath(entry.filename.replace("\\", "/")) for entry in entries
        }
        data = _only_data(names)
        chosen = {data: folder / f"data{names[data].suffix.lower()}"}
        beside = {f"{data}-wal": folder / "data.gpkg-wal"}
        chosen |= {name: target for name, target in beside.items() if name in names}
        for number, name in enumerate(sorted(names)):
            if names[name].suffix.lower() in (".jpg", ".jpeg", ".png"):
                pictures[name] = chosen[name] = folder / f"{number}.picture"
        return chosen

    chosen = unpack_chosen(path, limits=limits, choose=choose)
    return next(iter(chosen.values())), [_picture(name, at) for name, at in pictures.items()]


def _only_data(names: dict[str, PurePosixPath]) -> str:
    from cadastre.imports.unpack import SeveralInZip

    found = [name for name, path in names.items() if path.suffix.lower() == ".gpkg"] or [
        name for name, path in names.items() if path.suffix.lower() == ".json"
    ]
    if len(found) != 1:
        raise SeveralInZip(
            "El ZIP debe traer un solo GeoPackage (datos.gpkg) o un solo archivo de cambios."
        )
    return found[0]


def _bare(path: Path, folder: Path) -> Path:
    import shutil

    from cadastre.imports.formats import UnknownFormat

    with path.open("rb") as file:
        head = file.read(20)
    if not head.startswith(b"SQLite format 3\x00"):
        if not head.lstrip().startswith(b"{"):
            raise UnknownFormat(
                "El archivo no es un GeoPackage, un archivo de cambios de QField ni un ZIP con uno."
            )
        return Path(shutil.copyfile(path, folder / "data.json"))
    if head[18:20] == _WRITE_AHEAD:
        raise UnknownFormat(
            "El GeoPackage se copió con el proyecto abierto y le faltan los últimos cambios: cierre el proyecto "
            "en QField y cópielo de nuevo, o comprima la carpeta entera en un ZIP."
        )
    return Path(shutil.copyfile(path, folder / "data.gpkg"))


def _picture(name: str, at: Path) -> dict[str, Any]:
    with at.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        head = file.read(8)
    kind = next((kind for sign, kind in _PICTURES.items() if head.startswith(sign)), "")
    return {"name": name, "file": str(at), "sha256": digest, "media_type": kind}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
