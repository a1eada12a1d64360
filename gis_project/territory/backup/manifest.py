"""manifest.json: what a set of a backup says of itself. Written last: a set without it is not complete."""

import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gis_project.territory.backup.facts import Facts, TableFacts
from gis_project.territory.backup.parts import Part
from gis_project.territory.backup.sealed import DamagedBackup, Key

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wal:
    """The changes that the base needs, from segment `first` to `last`, up to the named point."""

    system: str
    timeline: int
    segment_bytes: int
    first: str
    last: str
    restore_point: str
    lsn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One set: `kind` is "base" (of a private cluster, with `wal`) or "logical" (of any server)."""

    id: str
    kind: str
    made_at: str
    instant: str
    seconds: float
    host: str
    lindero: str
    postgres_major: int
    database: str
    municipalities: list[str]
    encrypted: bool
    wal: Wal | None
    facts: Facts
    parts: dict[str, Part]
    files: dict[str, str]
    secrets_included: bool
    key_fingerprints: dict[str, str]
    format: int = FORMAT
    folder: Path = field(default=Path(), compare=False)

    def part_path(self, name: str) -> Path:
        return self.folder / self.parts[name].file


def manifest_text(manifest: Manifest, *, key: Key | None) -> str:
    """JSON for a person's eyes, sealed with the folder's key where there is one."""
    body = asdict(manifest)
    del body["folder"]
    if key:
        body["seal"] = key.signature(_canonical(body))
    return json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def read_manifest(path: Path, *, key: Key | None) -> Manifest:
    """The set whose manifest is at `path`. One that was changed afterwards is refused."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        seal = body.pop("seal", "")
        if key and not hmac.compare_digest(seal, key.signature(_canonical(body))):
            raise DamagedBackup(
                f"{path} no lleva el sello de la frase: alguien lo cambió o está dañado."
            )
        return _manifest(body, path.parent)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedBackup(
            f"{path} no se puede leer: está dañado o es de otra versión."
        ) from error


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _manifest(body: dict[str, Any], folder: Path) -> Manifest:
    if body["format"] != FORMAT:
        raise ValueError(body["format"])
    facts = body["facts"]
    facts["tables"] = {name: TableFacts(**told) for name, told in facts["tables"].items()}
    body["facts"] = Facts(**facts)
    body["wal"] = Wal(**body["wal"]) if body["wal"] else None
    body["parts"] = {name: Part(**told) for name, told in body["parts"].items()}
    return Manifest(**body, folder=folder)
