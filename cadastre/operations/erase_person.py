"""Supresión de los datos personales de un titular (LOPDP): the register stays whole, the person is in it no more.

Rights, acts, titles, lineage and audit name a party by its id and stay as they are. The one row of personal data is
emptied, the person's words are taken out of every declared text, the key of what was sealed is dropped, and the bytes
of expired papers that named the person are removed. Scans of deeds stay: they prove other people's rights.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction

from cadastre.models import Operation, Party, PartyErasure, PartyIdentity, Right, SourceFile
from cadastre.operations.person_keys import drop_person_keys
from cadastre.queries.duties_to_keep import Duty, duties_to_keep
from cadastre.queries.papers_about import papers_about
from cadastre.queries.parties_of_person import identities_of_person, same_person
from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import remove_file
from gis_project.territory.models import Municipality, Paper, PaperSignature
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.scope import within

_ERASE = "SELECT cadastre_erase_person(%s)"
_REPORT_BYTES = 50 * 1024 * 1024


class StillNeeded(Conflict):
    """The law still asks for the person's data (the details say why each): do first what each reason says."""

    code = "still_needed"


class ErasureUnfounded(InvalidInput):
    """An erasure says why and by which article: write the reason and the legal basis."""

    code = "erasure_unfounded"


class PersonUnknown(NotFound):
    """Nobody stands in this municipality's register under that document."""

    code = "person_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPerson:
    """`counts`: rows changed by table. `files`: papers whose bytes go. `kept_scans`: files of acts that stay.

    `reports`: working files under var/reports that still tell the person; somebody looks at them by hand.
    """

    party: Party
    duties: tuple[Duty, ...]
    counts: dict[str, int]
    keys: int
    files: tuple[str, ...]
    kept_scans: int
    reports: tuple[str, ...]


def person_of(document: str, *, municipality: Municipality) -> Party:
    """The party registered under a document; PersonUnknown."""
    found = (
        identities_of_person(document, municipality=municipality).select_related("party").first()
    )
    if found is None or not document:
        raise PersonUnknown("Nadie consta con ese documento en el catastro de este municipio.")
    return found.party


def erase_person(
    party: Party,
    *,
    by: Actor,
    reason: str,
    legal_basis: str,
    request: str = "",
    dry_run: bool = False,
) -> ErasedPerson:
    """What was taken out. Raises NotAllowed, ErasureUnfounded, StillNeeded; a dry run tells the duties instead."""
    town = party.municipality
    on = today_in(town)
    check_can(by, "erase_personal_data", municipality=town, on=on)
    if not reason.strip() or not legal_basis.strip():
        raise ErasureUnfounded("Escriba el motivo y la base legal de la supresión (p. ej. LOPDP).")
    with transaction.atomic(), within(town):
        identity = PartyIdentity.objects.select_for_update().get(party=party)
        duties = duties_to_keep(party, on=on)
        if duties and not dry_run:
            raise StillNeeded(
                "Sus datos todavía se necesitan. " + " ".join(duty.message for duty in duties),
                details={"duties": [duty.code for duty in duties]},
            )
        documents = list(same_person(identity.id_number)) if identity.id_number else []
        reports = _reports_telling(identity)
        files = _bytes_only_of(papers_about(party))
        counts, keys = {}, 0
        if not duties:
            counts = _erased(party, by, reason.strip(), legal_basis.strip(), request.strip(), files)
            keys = drop_person_keys(town, documents)
            record_audit_event(
                municipality=town,
                actor=by,
                action="erase_person",
                object_type="cadastre.Party",
                object_id=party.pk,
                body={
                    "legal_basis": legal_basis.strip(),
                    "rows": counts,
                    "keys": keys,
                    "files": len(files),
                },
            )
        transaction.set_rollback(dry_run)
        if not dry_run:
            transaction.on_commit(lambda: _remove(files))
    return ErasedPerson(
        party=party,
        duties=duties,
        counts=counts,
        keys=keys,
        files=files,
        kept_scans=_scans_of(party),
        reports=reports,
    )


def _erased(
    party: Party, by: Actor, reason: str, legal_basis: str, request: str, files: tuple[str, ...]
) -> dict[str, int]:
    record = PartyErasure.objects.create(
        municipality=party.municipality,
        party=party,
        erased_by=person(by),
        erased_at=TransactionNow(),
        reason=reason,
        legal_basis=legal_basis,
        request=request,
        files=list(files),
    )
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [record.pk])
    record.refresh_from_db(fields=["counts"])
    return dict(record.counts)


def _bytes_only_of(papers: list[Paper]) -> tuple[str, ...]:
    """The files of these papers that no other paper shares."""
    mine = {paper.body_id for paper in papers}
    mine |= {signature.file_id for paper in papers for signature in paper.signatures.all()}
    ids = [paper.pk for paper in papers]
    shared = set(
        Paper.objects.filter(body__in=mine).exclude(pk__in=ids).values_list("body_id", flat=True)
    )
    of_others = PaperSignature.objects.filter(file__in=mine).exclude(paper__in=ids)
    shared |= set(of_others.values_list("file_id", flat=True))
    return tuple(sorted(mine - shared))


def _remove(files: tuple[str, ...]) -> None:
    for sha256 in files:
        remove_file(sha256)


def _scans_of(party: Party) -> int:
    """Files of the acts by which the person got or gave rights."""
    rights = Right.objects.filter(party=party)
    acts = Operation.objects.filter(
        pk__in=[
            *rights.values_list("opened_by", flat=True),
            *rights.values_list("closed_by", flat=True),
        ]
    )
    sources = acts.values_list("sources__source", flat=True)
    return SourceFile.objects.filter(source__in=list(sources)).count()


def _reports_telling(identity: PartyIdentity) -> tuple[str, ...]:
    """Reports of imports and exports on this server's disk with the document or the name in them."""
    told = [text.encode() for text in (identity.id_number, identity.full_name) if len(text) >= 8]
    folder = Path(settings.VAR) / "reports"
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and path.stat().st_size <= _REPORT_BYTES:
            content = path.read_bytes()
            if any(text in content for text in told):
                found.append(str(path.relative_to(folder)))
    return tuple(found)
