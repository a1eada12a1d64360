"""What an installation keeps outside its database: uploaded files and the keys of its environment."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from gis_project.territory.backup.folder import BackupFolder, write_text
from gis_project.territory.backup.parts import Part, contents, file_chunks, store, with_suffix
from gis_project.territory.backup.sealed import DamagedBackup

ENVIRONMENT_FILES = ("lindero.env", "local.env")
DIGEST = re.compile(r"[0-9a-f]{64}")


def store_files(source: Path, folder: BackupFolder) -> dict[str, str]:
    """Path below `source` → SHA-256 of the content; what the folder already holds is not written again."""
    kept: dict[str, str] = {}
    paths = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else []
    for path in paths:
        if path.name.startswith("."):
            continue  # one that is being uploaded
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if DIGEST.fullmatch(path.name) and path.name != digest:
            raise DamagedBackup(
                f"{path} ya no es lo que se subió (su nombre es su huella): el disco falla o alguien "
                "lo cambió. Restáurelo de un respaldo anterior antes de hacer otro."
            )
        target = folder.file(digest)
        if not with_suffix(target, sealed=folder.key is not None).exists():
            store(file_chunks(path), path=target, name=f"files/{digest}", key=folder.key)
        kept[str(path.relative_to(source))] = digest
    return kept


def stored_file(folder: BackupFolder, digest: str) -> Iterator[bytes]:
    """The content, whose digest is checked at its end."""
    path = with_suffix(folder.file(digest), sealed=folder.key is not None)
    if not path.is_file():
        raise DamagedBackup(f"Falta {path}: el respaldo no tiene ese archivo subido.")
    seen = hashlib.sha256()
    for chunk in contents(path, name=f"files/{digest}", passphrase=folder.passphrase()):
        seen.update(chunk)
        yield chunk
    if seen.hexdigest() != digest:
        raise DamagedBackup(f"{path} no tiene el contenido que dice su nombre.")


def check_files(files: dict[str, str], folder: BackupFolder) -> None:
    """Reads every stored file once."""
    for digest in sorted(set(files.values())):
        for _ in stored_file(folder, digest):
            pass


def bring_back_files(files: dict[str, str], folder: BackupFolder, target: Path) -> int:
    """How many were missing in `target` and are there again; nothing that exists is overwritten."""
    brought = 0
    for name, digest in sorted(files.items()):
        path = target / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise DamagedBackup(f"El respaldo nombra un archivo fuera de su carpeta: «{name}».")
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.part")
        with partial.open("wb") as out:
            for chunk in stored_file(folder, digest):
                out.write(chunk)
        partial.replace(path)
        brought += 1
    return brought


def store_secrets(var: Path, folder: BackupFolder, set_folder: Path) -> Part | None:
    """The environment files, only into an encrypted folder."""
    if folder.key is None:
        return None
    found = {
        name: (var / name).read_text(encoding="utf-8")
        for name in ENVIRONMENT_FILES
        if (var / name).is_file()
    }
    content = json.dumps(found, ensure_ascii=False).encode()
    name = f"{set_folder.name}/secrets"
    return store([content], path=set_folder / "secrets.json", name=name, key=folder.key)


def read_secrets(path: Path, folder: BackupFolder) -> dict[str, str]:
    """File name → text, as `store_secrets` found them."""
    name = f"{path.parent.name}/secrets"
    text = b"".join(contents(path, name=name, passphrase=folder.passphrase()))
    found: dict[str, str] = json.loads(text)
    return found


def fingerprint(secret: str) -> str:
    """Tells whether two keys are the same without telling the key."""
    return hashlib.sha256(b"lindero key fingerprint\0" + secret.encode()).hexdigest()[:16]


def keys_in(environment: str) -> dict[str, str]:
    """SECRET_KEY and LINDERO_PRIVACY_KEY of an environment file, where they stand in it."""
    lines = (line.partition("=") for line in environment.splitlines())
    return {
        name: value for name, _, value in lines if name in {"SECRET_KEY", "LINDERO_PRIVACY_KEY"}
    }


def put_keys(var: Path, keys: dict[str, str], *, stamp: str) -> Path | None:
    """Puts the keys into var/lindero.env; what stood there is kept beside and its path comes back."""
    target = var / "lindero.env"
    text = target.read_text(encoding="utf-8") if target.is_file() else ""
    if keys_in(text) == keys or not keys:
        return None
    aside = target.with_name(f"lindero.env.before-{stamp}")
    aside.touch(mode=0o600)
    write_text(aside, text)
    aside.chmod(0o600)
    others = [line for line in text.splitlines() if line.partition("=")[0] not in keys]
    lines = others + [f"{name}={value}" for name, value in keys.items()]
    part = target.with_name("lindero.env.part")
    part.touch(mode=0o600)
    part.chmod(0o600)
    write_text(target, "\n".join(lines) + "\n")
    target.chmod(0o600)
    return aside
