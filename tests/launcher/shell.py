"""Running the launcher and its parts the way a person's shell does, in an environment of their own."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = (
    "say places environment packages postgres cluster database python kernels server service stop"
)
OURS = ("DATABASE_", "LINDERO_", "SECRET_KEY", "DJANGO_", "PYTEST_")


def clean_environment(**changes: str) -> dict[str, str]:
    """This process's environment without what the launcher itself sets, and with the changes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | changes


def run(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def run_part(script: str, *, var: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Runs sh text with the launcher's parts loaded; `var` is where its private data would be."""
    load = f'set -eu; ROOT="{ROOT}"; for part in {PARTS}; do . "$ROOT/launcher/$part.sh"; done;'
    known = "database_kind=private; HOST=127.0.0.1; PORT=8000; SAMPLE=none; make_places;"
    return run("sh", "-c", f"{load} {known} {script}", LINDERO_VAR=str(var), **changes)


def lindero(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return run("./lindero", *arguments, **changes)


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
