"""When the last backup was made and whether it was ever restored to prove it."""

import json
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from cadastre.queries.handover.section import Section, day_of
from gis_project.territory.models import Municipality


def last_backup(municipality: Municipality, on: date) -> Section:
    """From `last-backup` of this installation and, if its disk is there, the set's `proved.json`."""
    note = Path(settings.VAR) / "last-backup"
    title = "Respaldo"
    if not note.exists():
        return Section(
            title=title,
            told="Esta instalación no tiene respaldo: hágalo hoy (docs/how-to/backup-and-restore.md).",
        )
    made_at, _, place = note.read_text(encoding="utf-8").strip().partition(" ")
    made = datetime.fromisoformat(made_at)
    age = (on - made.date()).days
    proof = Path(place) / "proved.json"
    if proof.exists():
        told = json.loads(proof.read_text(encoding="utf-8"))
        proved = f"se probó el {told['proved_at'][:10]}: {told['result']}"
    elif Path(place).is_dir():
        proved = "no se ha probado"
    else:
        proved = "el disco no está conectado: no se sabe si se probó"
    return Section(
        title=title,
        told=f"El último es del {day_of(made, municipality)}, hace {age} días; {proved}.",
        head=("dónde",),
        rows=((place,),),
        widths=(1,),
    )
