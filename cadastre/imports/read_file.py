"""The child process that reads a stranger's file: ``python -m cadastre.imports.read_file ORDER.json``.

It answers in the folder it was given: the layer, or ``refusal.json`` with the reason. Whatever else
happens to it (killed by a limit, crashed by the file) concerns nobody but itself.
"""

import json
import sys
from pathlib import Path
from typing import Any

from cadastre.imports import sandbox
from cadastre.imports.limits import ReadingLimits


def main(order_file: Path) -> None:
    """Carry out the order in ``order_file``."""
    order = json.loads(order_file.read_text(encoding="utf-8"))
    limits = ReadingLimits(**order["limits"])
    has_lost_network = sandbox.enter(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        file_bytes=max(limits.handover_bytes, limits.unzipped_bytes),
    )
    folder = Path(order["folder"])

    from gis_project.core.errors import DomainError

    try:
        answer(order, limits, folder, has_lost_network)
    except DomainError as refusal:
        told = {"code": refusal.code, "message": refusal.message, "details": refusal.details}
        (folder / "refusal.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def answer(
    order: dict[str, Any], limits: ReadingLimits, folder: Path, has_lost_network: bool
) -> None:
    """Read the file of the order and leave the layer in ``folder``."""
    from dataclasses import replace

    from cadastre.imports import raw_layer
    from cadastre.imports.formats import DRIVERS, TABLES, sniff
    from cadastre.imports.unpack import check_zip, unpack

    path = Path(order["path"])
    sniffed = sniff(path)
    if sniffed.is_zipped:
        work = folder / "unpacked"
        work.mkdir()
        path = unpack(path, work, kind=sniffed.format, limits=limits)
    if sniffed.format in TABLES:
        from cadastre.imports.table_layer import read_table_layer

        if not sniffed.is_zipped and path.suffix.lower() == ".xlsx":
            check_zip(path, limits, entries=limits.geodatabase_entries)
        layer = read_table_layer(
            path, file_format=sniffed.format, order=order, most_records=limits.records
        )
    elif order["table"].get("attributes"):
        from cadastre.imports.attribute_layer import read_attributes

        layer = read_attributes(path, layer=order["layer"], most_records=limits.records)
    else:
        from cadastre.imports.markup_guard import check_markup
        from cadastre.imports.vector_layer import read_vector

        check_markup(path, sniffed.format)
        sandbox.keep_only(DRIVERS[sniffed.format])
        layer = read_vector(
            path,
            file_format=sniffed.format,
            layer=order["layer"],
            most_records=limits.records,
            with_labels=bool(order["table"].get("labels")),
            with_lines=bool(order["table"].get("lines")),
        )
    raw_layer.write(folder, replace(layer, has_lost_network=has_lost_network))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
