"""What a step of a procedure asks of the papers that it ends in: that they were issued, and signed by everybody."""

from cadastre.models import Procedure
from cadastre.procedures.procedure_type import Transition
from cadastre.queries.procedure_papers import papers_of_procedure, roles_to_sign
from gis_project.core.errors import Conflict
from gis_project.territory.models import PaperKind
from gis_project.territory.paper_number import number_of
from gis_project.territory.roles import shipped_roles


class PaperMissing(Conflict):
    """The step needs the paper that the procedure asks for: issue it on the predio's page first."""

    code = "paper_missing"


class PaperNotSigned(Conflict):
    """The paper waits for signatures: whoever the message names signs it first."""

    code = "paper_not_signed"


def note_of_papers(procedure: Procedure, transition: Transition, note: str) -> str:
    """The note with the numbers of the papers that the step rests on; unchanged for a step that needs none.

    Raises PaperMissing when none was issued since the procedure was received, PaperNotSigned when the step asks for
    signatures and a role has not signed.
    """
    if not transition.papers:
        return note
    papers = papers_of_procedure(procedure, transition.papers)
    if not papers:
        wanted = " o ".join(PaperKind(kind).label for kind in transition.papers)
        raise PaperMissing(
            f"«{transition.title}» necesita el documento emitido en este trámite ({wanted}): emítalo desde la página "
            "del predio, o desde «Documentos» el de la persona.",
            details={"kinds": list(transition.papers)},
        )
    if transition.papers_signed:
        _check_signed([(number_of(paper), roles_to_sign(paper)) for paper in papers])
    numbers = ", ".join(number_of(paper) for paper in papers)
    return f"{numbers}. {note}".strip() if note.strip() else numbers


def _check_signed(waiting: list[tuple[str, list[str]]]) -> None:
    names = {role.code: role.name for role in shipped_roles()}
    told = [
        f"{number}: {', '.join(names.get(role, role) for role in roles)}"
        for number, roles in waiting
        if roles
    ]
    if told:
        raise PaperNotSigned(
            f"Falta la firma de {'; '.join(told)}. Suba el archivo firmado en la página del documento."
        )
