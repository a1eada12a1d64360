"""What came back from the field, read by a process that may die of it; photographs wait in a folder of the caller's."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cadastre.imports.limits import COMMAND, MIB, UPLOAD, ReadingLimits
from cadastre.imports.reading import FileRefused, run_child

_MOST_FILES = 5_000
_MOST_ROWS = 100_000
# The same walls as an import's; more files, since photographs come too.
WEB_RETURN = replace(UPLOAD, zip_entries=_MOST_FILES, records=_MOST_ROWS, cpu_s=30, wall_s=60)
COMMAND_RETURN = replace(
    COMMAND, file_bytes=2048 * MIB, handover_bytes=512 * MIB, memory_bytes=2048 * MIB,
    zip_entries=_MOST_FILES, records=_MOST_ROWS,
)  # fmt: skip
Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photograph of the return; ``media_type`` is empty for a file that is no picture."""

    name: str
    path: Path
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReturn:
    """``kind`` is GPKG or DELTA; ``held`` is the package as issued, ``brought`` what came back, table by table."""

    kind: str
    held: Tables
    brought: Tables
    deltas: tuple[str, ...]
    pictures: tuple[Picture, ...]


@contextmanager
def opened_return(
    path: Path,
    *,
    issued: Path,
    tables: Sequence[str],
    earlier: Sequence[Path] = (),
    limits: ReadingLimits = WEB_RETURN,
) -> Iterator[OpenedReturn]:
    """The return beside the package; ``earlier`` are delta files that came before. FileRefused says why not."""
    if path.stat().st_size > limits.file_bytes:
        raise FileRefused(
            f"El archivo pasa de {limits.file_bytes // MIB} MiB: súbalo por la orden."
        )
    with tempfile.TemporaryDirectory(prefix="lindero-field-") as name:
        folder = Path(name)
        order = {
            "path": str(path.resolve()),
            "issued": str(issued.resolve()),
            "earlier": [str(one.resolve()) for one in earlier],
            "folder": str(folder),
            "tables": list(tables),
            "limits": asdict(limits),
        }
        order_file = folder / "order.json"
        order_file.write_text(json.dumps(order), encoding="utf-8")
        run_child(order_file, limits, module="cadastre.fieldwork.read_return")
        refusal = folder / "refusal.json"
        if refusal.exists():
            said = json.loads(refusal.read_text(encoding="utf-8"))
            raise FileRefused(said["message"], details={"reason": said["code"]})
        answer = folder / "return.json"
        if answer.stat().st_size > limits.handover_bytes:
            raise FileRefused("El archivo trae demasiados datos para una sola vez: divídalo.")
        told = json.loads(answer.read_text(encoding="utf-8"))
        yield OpenedReturn(
            kind=told["kind"],
            held=told["held"],
            brought=told["brought"],
            deltas=tuple(told["deltas"]),
            pictures=tuple(
                Picture(
                    name=one["name"], path=Path(one["file"]), sha256=one["sha256"],
                    media_type=one["media_type"],
                )
                for one in told["pictures"]
            ),
        )  # fmt: skip
