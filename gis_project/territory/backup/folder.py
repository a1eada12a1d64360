"""The folder that holds an installation's backups: what lies where, its key, its sets.

LEAME.txt      what this is and how to restore it
llave.json     how the passphrase opens it (only in an encrypted folder); not the passphrase
juegos/<set>/  base or dump, secrets, manifest.json (written last), proved.json (after a restore)
wal/<system>/  archived changes since the bases, shared by the sets
files/<xx>/    uploaded files by the SHA-256 of their content, shared by the sets
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.backup.manifest import Manifest, read_manifest
from gis_project.territory.backup.sealed import Key, Stretch, check_opens

PASSPHRASE_MINIMUM = 16


class BackupRefused(Conflict):
    """The backup cannot be taken or restored this way; the message says what to change."""

    code = "backup_refused"


class PassphraseMissing(InvalidInput):
    """Backups are encrypted: name a passphrase file, or say expressly that it stays in the clear."""

    code = "passphrase_missing"


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """The folder at `root`, opened with `key` (none: everything lies in the clear)."""

    root: Path
    key: Key | None

    @property
    def sets(self) -> Path:
        return self.root / "juegos"

    def wal(self, system: str) -> Path:
        return self.root / "wal" / system

    def file(self, digest: str) -> Path:
        return self.root / "files" / digest[:2] / digest

    def passphrase(self) -> bytes | None:
        return self.key.passphrase if self.key else None

    def manifests(self) -> list[Manifest]:
        """The complete sets, oldest first; one whose manifest does not bear its seal is refused."""
        found = sorted(self.sets.glob("*/manifest.json")) if self.sets.is_dir() else []
        return [read_manifest(path, key=self.key) for path in found]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One backup at a time writes here."""
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BackupRefused(
                    f"Otro respaldo está escribiendo en {self.root}: espere a que termine."
                ) from error
            yield


def read_passphrase(path: Path | None) -> bytes | None:
    """The first line of a passphrase file, without its line end; nothing when no file is named."""
    if path is None:
        return None
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise PassphraseMissing(
            f"No se puede leer el archivo de la frase, {path}: {error.strerror}."
        ) from error
    phrase = lines[0].strip() if lines else b""
    if len(phrase) < PASSPHRASE_MINIMUM:
        raise PassphraseMissing(
            f"La frase de {path} tiene menos de {PASSPHRASE_MINIMUM} caracteres. Haga una con: "
            "openssl rand -base64 24"
        )
    return phrase


def open_for_writing(root: Path, *, passphrase: bytes | None, plain: bool) -> BackupFolder:
    """The folder, made when new. It stays what it began as: encrypted with one passphrase, or not."""
    if passphrase is None and not plain:
        raise PassphraseMissing(
            "El respaldo lleva datos personales y va cifrado: indique --passphrase-file ARCHIVO "
            "(openssl rand -base64 24 > ARCHIVO, y guarde una copia lejos del disco), o --plain "
            "si el disco ya está cifrado."
        )
    if not root.parent.is_dir():
        raise BackupRefused(f"No existe {root.parent}: ¿está conectado y montado el disco?")
    root.mkdir(mode=0o700, exist_ok=True)
    record = root / "llave.json"
    has_sets = (root / "juegos").is_dir()
    if passphrase is None:
        if record.exists():
            raise BackupRefused(f"{root} está cifrada: no se mezcla con --plain. Use otra carpeta.")
        key = None
    elif record.exists():
        key = _folder_key(record, passphrase)
    elif has_sets:
        raise BackupRefused(
            f"{root} tiene respaldos sin cifrar: use otra carpeta para los cifrados."
        )
    else:
        key = Key(passphrase, Stretch())
        text = json.dumps({"stretch": key.stretch.as_json(), "check": key.check_value()}, indent=1)
        write_text(record, text + "\n")
    (root / "juegos").mkdir(exist_ok=True)
    write_text(root / "LEAME.txt", (Path(__file__).parent / "LEAME.txt").read_text("utf-8"))
    return BackupFolder(root, key)


def open_for_reading(root: Path, *, passphrase: bytes | None) -> BackupFolder:
    """The folder of an earlier backup; a wrong passphrase is told here, before anything is done."""
    if not (root / "juegos").is_dir():
        raise BackupRefused(f"{root} no es una carpeta de respaldos de Lindero (falta «juegos»).")
    record = root / "llave.json"
    if not record.exists():
        return BackupFolder(root, None)
    if passphrase is None:
        raise PassphraseMissing(
            "Este respaldo está cifrado: indique --passphrase-file con la frase con que se hizo."
        )
    return BackupFolder(root, _folder_key(record, passphrase))


def write_text(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk when this returns."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in `folder` are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder_key(record: Path, passphrase: bytes) -> Key:
    told = json.loads(record.read_text(encoding="utf-8"))
    key = Key(passphrase, Stretch.from_json(told["stretch"]))
    check_opens(key, told["check"])
    return key
