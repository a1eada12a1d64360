"""Transfers that were inscribed and nobody brought."""

from collections import Counter
from datetime import date

from cadastre.queries.handover.section import Section, figure, many
from cadastre.queries.judged_notices import TOLD, Verdict, judged_notices
from gis_project.territory.models import Municipality


def told_transfers(municipality: Municipality, on: date) -> Section:
    """How many told transfers stand in the register, and how many are work; nobody is named."""
    found = Counter(one.verdict for one in judged_notices(municipality, on=on))
    work = sum(found.values()) - found[Verdict.REGISTERED]
    return Section(
        title="Transferencias avisadas por notarías y Registro",
        told=f"{many(sum(found.values()), 'aviso', 'avisos')}; {figure(work)} por resolver.",
        head=("resultado", "avisos"),
        rows=tuple((TOLD[verdict], figure(found[verdict])) for verdict in Verdict) if found else (),
        right=(1,),
        widths=(6, 1),
    )
