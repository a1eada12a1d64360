"""`make_act VERB FILE.json --municipality M [--commit] --by …`: rehearse an act of the cadastre, make or propose it."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from pydantic import ValidationError

from cadastre.acts.act_law import acts
from cadastre.api.act_schema import ActIn, revisions_of, saved_sources
from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.make_act import MadeAct, make_act
from cadastre.operations.prepare_proposal import rehearse
from gis_project.territory.policy import person


class Command(BaseCommand):
    help = "Ensaya un acto catastral; con --commit lo realiza, o lo deja propuesto si otra persona lo aprueba."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=sorted(acts()), metavar="acto", help="vea acts.md")
        parser.add_argument(
            "file", type=Path, help="JSON como el de la API: reason, inputs, sources, revisions"
        )
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        act = _read(options["file"])
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            asked: dict[str, Any] = {
                "municipality": town,
                "by": by,
                "reason": act.reason,
                "sources": saved_sources(act.sources, town, by=person(by)),
                "revisions": revisions_of(act),
            }
            if options["commit"]:
                made = make_act(options["verb"], act.inputs, **asked)
            else:
                made = MadeAct(outcome=rehearse(options["verb"], act.inputs, **asked).plain())
                transaction.set_rollback(True)
        self.stdout.write("\n".join([*_told(made.outcome), _ending(made)]))


def _read(path: Path) -> ActIn:
    try:
        return ActIn.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CommandError(f"No se puede leer {path}: revise el camino.") from error
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'archivo'}: {one['msg']}" for one in error.errors()
        )
        raise CommandError(f"El archivo no describe un acto: {places}") from error


def _told(outcome: Mapping[str, Any]) -> Iterator[str]:
    yield f"{outcome['title']}, vigente desde {outcome['valid_from']}"
    for when, states in (("antes", outcome["before"]), ("después", outcome["after"])):
        for state in states:
            number = f"n.º {state['number']}" if state["number"] else ""
            named = " ".join(filter(None, (state["key"], number))) or state["unit"]
            area = f", {state['legal_area_m2']} m²" if state["legal_area_m2"] else ""
            yield f"  {when}: {named} ({state['state']}{area})"
    yield from (f"  falta: {one['message']}" for one in outcome["obstacles"])
    yield from (f"  nota: {one}" for one in outcome["notes"])


def _ending(made: MadeAct) -> str:
    if made.proposal is not None:
        return f"Propuesta {made.proposal.pk} presentada: otra persona la aprueba en la bandeja."
    if made.operation is not None:
        return f"Acto {made.operation} realizado."
    return "Ensayo: no se guardó nada. Repita con --commit y --by."
