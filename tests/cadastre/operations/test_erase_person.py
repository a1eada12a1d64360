"""Erasure of a person: the register stays whole, and the person is nowhere in it (LOPDP)."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.test import Client
from django.utils import timezone

from cadastre.models import (
    ImportBatch,
    Observation,
    Party,
    PartyErasure,
    PartyIdentity,
    PartyLookUp,
    PersonKey,
    Procedure,
    Proposal,
    Right,
    TransferNotice,
)
from cadastre.operations.erase_person import ErasureUnfounded, StillNeeded, erase_person, person_of
from cadastre.operations.person_keys import person_key
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from cadastre.operations.register_party import NewParty, register_party
from cadastre.queries.duties_to_keep import duties_to_keep
from cadastre.queries.holders import search_holders
from gis_project.core.errors import NotAllowed
from gis_project.territory.file_store import path_of
from gis_project.territory.models import AuditEvent
from gis_project.territory.person_seal import seal
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.integrity_laws import audit
from tests import filings, people, register, staff
from tests.papers import paper_on
from tests.people import cedula
from tests.shapes import square

pytestmark = pytest.mark.django_db
NAME = "Segundo Canariote Ñaupari"
CEDULA = cedula(4_004_004)
WORDS = ("canariote", "naupari", "ñaupari", CEDULA.lower(), "0998877665", "canariote@ejemplo")
LAW = "LOPDP, supresión"


@pytest.fixture
def town(settings, tmp_path):
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return register.town()


@pytest.fixture
def act(town):
    return register.operation(town)


@pytest.fixture
def party(act):
    """Somebody who is told in every corner and holds nothing any more."""
    town = act.municipality
    outcome = register_party(
        municipality=town,
        party=NewParty(
            kind="NATURAL",
            full_name=NAME,
            document=CEDULA,
            phone="0998877665",
            email="canariote@ejemplo.test",
            postal_address="Calle de Canariote y Sucre",
        ),
        filing=filings.complete(town, "register_party", reason=f"Llega {NAME.upper()}"),
    )
    return Party.objects.get(pk=outcome.facts["party"])


@pytest.fixture
def lot(act):
    return register.predio(act, square(), "170350010100100100000000", number="7")


def sold(act, lot, party, *, to="Quien Compró Después"):
    """The person held the lot and sold it: the right is closed, the lot is somebody else's."""
    old = register.holder(act, lot, "", share=1, party=party)
    register.settle()
    later = register.operation(act.municipality, "transfer_rights")
    old.recorded = DateTimeTZRange(old.recorded.lower, later.recorded_at)
    old.closed_by = later
    old.save(update_fields=["recorded", "closed_by"])
    day = date(2024, 1, 1)
    register.holder(later, lot, "", share=1, party=party, valid=DateRange(register.EPOCH, day))
    register.holder(later, lot, to, cedula(4_004_005), share=1, valid=DateRange(day, None))
    register.settle()


def tell_everywhere(act, lot, party):
    """The person's name and document in the free texts, rows and files that a register collects."""
    town = act.municipality
    asked = receive_procedure(
        "claim",
        municipality=town,
        by=CONSOLE,
        applicant=Applicant(full_name=NAME, id_number=CEDULA, phone="0998877665"),
        units=[lot],
        note=f"Reclama {NAME}, C.I. {CEDULA[:-1]}-{CEDULA[-1]}",
    )
    Procedure.objects.filter(pk=asked.pk).update(closed_at=timezone.now())
    Proposal.objects.create(
        municipality=town,
        verb="correct_attributes",
        inputs={"note": f"de Ñaupari, Segundo Canariote ({CEDULA}001)", "number": int(CEDULA)},
        state="WITHDRAWN",
        reason="CANARIOTE ÑAUPARI SEGUNDO lo pide",
    )
    Observation.objects.create(
        municipality=town, unit=lot, code="X", message="x", operation=act, detail={"told": NAME}
    )
    batch = ImportBatch.objects.create(
        municipality=town,
        subject="transfers",
        read=1,
        admitted=1,
        observed=0,
        rejected=0,
        report={"samples": [f"{NAME} {CEDULA}"]},
    )
    TransferNotice.objects.create(
        municipality=town,
        batch=batch,
        row_number=1,
        noticed_on=act.valid_from,
        seller_name=NAME,
        seller_document=CEDULA,
        seller_search="SEGUNDO CANARIOTE NAUPARI",
    )
    key = person_key(town, CEDULA)
    PartyLookUp.objects.create(
        municipality=town,
        source="SRI",
        purpose=f"turno de {NAME}",
        subject_hash=personal_hash(CEDULA),
        outcome="FOUND",
        sealed=seal(bytes(key.wrapped), {"full_name": NAME}),
    )


def erased(party, **told):
    told = {"by": CONSOLE, "reason": "solicitud del titular", "legal_basis": LAW} | told
    return erase_person(party, **told)


def traces() -> list[str]:
    """Every column of every table in which a word of the person is still read, and every file."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type NOT IN ('USER-DEFINED')"
        )
        for table, column in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [f'public."{table}"'])
            if not cursor.fetchone()[0]:
                continue
            for word in WORDS:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE lower("{column}"::text) LIKE %s',
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}: {word}")
    return found


def test_nobody_finds_the_person_and_the_register_is_whole(town, act, party, lot):
    sold(act, lot, party)
    tell_everywhere(act, lot, party)
    assert len({trace.split(".")[0] for trace in traces()}) >= 8
    rights = list(Right.objects.order_by("pk").values_list("pk", "party_id", "valid", "recorded"))
    done = erased(party)
    assert done.duties == ()
    assert done.keys == 1
    assert done.counts["cadastre_transfernotice"] >= 1
    assert traces() == []
    assert (
        list(Right.objects.order_by("pk").values_list("pk", "party_id", "valid", "recorded"))
        == rights
    )
    register.settle()
    assert {finding.law.name: finding.count for finding in audit() if finding.count} == {}
    assert search_holders(municipality=town, text="Canariote", on=timezone.localdate()).matched == 0
    identity = PartyIdentity.objects.get(party=party)
    assert (identity.full_name, identity.id_number) == ("Persona suprimida", "")
    event = AuditEvent.objects.get(action="erase_person")
    assert event.object_id == str(party.pk)
    assert "canariote" not in event.body.lower()
    assert PartyErasure.objects.get().legal_basis == LAW


def test_the_planners_samples_forget_the_name(town, party):
    def samples():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stats WHERE tablename = 'cadastre_partyidentity' AND"
                " (most_common_vals::text ILIKE '%%canariote%%'"
                "  OR histogram_bounds::text ILIKE '%%canariote%%')"
            )
            return cursor.fetchone()[0]

    erased(party)
    assert samples() == 0


def test_who_bears_the_same_name_keeps_it(town, act, party, lot):
    register.holder(act, lot, NAME.upper(), cedula(4_004_006), share=None)
    PartyIdentity.objects.exclude(party=party).update(search_name="SEGUNDO CANARIOTE NAUPARI")
    Observation.objects.create(
        municipality=town, unit=lot, code="X", message="x", operation=act, detail={"told": NAME}
    )
    erased(party)
    assert Observation.objects.get().detail == {"told": NAME}
    assert PartyIdentity.objects.exclude(party=party).get().full_name == NAME.upper()


def test_another_towns_texts_stay(town, act, party):
    celica = register.town("celica", "1104")
    other = register.operation(celica)
    Observation.objects.create(
        municipality=celica,
        unit=register.predio(other, square(100), "110450010100100100000000"),
        code="X",
        message="x",
        operation=other,
        detail={"told": NAME},
    )
    erased(party)
    assert Observation.objects.get().detail == {"told": NAME}


def test_an_applicant_bound_to_the_person_is_emptied_however_the_name_was_written(town, party, lot):
    typed = Applicant(party=party, full_name="Segundito", email="otro@ejemplo.test")
    asked = receive_procedure("claim", municipality=town, by=CONSOLE, applicant=typed, units=[lot])
    Procedure.objects.filter(pk=asked.pk).update(closed_at=timezone.now())
    assert erased(party).counts["cadastre_procedureapplicant"] == 1
    asked.applicant.refresh_from_db()
    assert (asked.applicant.full_name, asked.applicant.email) == ("[suprimido]", "")


class TestDuties:
    def test_who_holds_a_right_is_kept(self, act, party, lot):
        register.holder(act, lot, "", share=1, party=party)
        with pytest.raises(StillNeeded, match=r"titular de predios \(7\): primero transfiéralos"):
            erased(party)
        assert PartyIdentity.objects.get(party=party).full_name == NAME
        tried = erased(party, dry_run=True)
        assert [duty.code for duty in tried.duties] == ["holds_rights"]

    def test_each_other_duty_says_what_to_do(self, town, act, party, lot):
        receive_procedure(
            "claim", municipality=town, by=CONSOLE, applicant=Applicant(party=party), units=[lot]
        )
        Proposal.objects.create(
            municipality=town,
            verb="transfer_rights",
            inputs={"takers": [{"party": str(party.pk)}]},
            reason="x",
        )
        person = people.Person(full_name=NAME, cedula=CEDULA, phone="+593998877000", email="a@b.ec")
        staff.appoint(person, "valuer", town)
        found = duties_to_keep(party, on=timezone.localdate())
        assert [duty.code for duty in found] == ["asks", "proposed", "serves"]

    def test_the_database_itself_refuses(self, act, party, lot):
        register.holder(act, lot, "", share=1, party=party)
        record = PartyErasure.objects.create(
            municipality=act.municipality,
            party=party,
            erased_at=timezone.now() - timedelta(days=1),
            reason="x",
            legal_basis="x",
        )
        with (
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            cursor.execute("SELECT cadastre_erase_person(%s)", [record.pk])


class TestPapers:
    def test_a_paper_in_force_keeps_the_data(self, act, party, lot):
        register.holder(act, lot, "", share=1, party=party)
        paper_on(lot, "MEJMEJMEJM7")
        found = {duty.code for duty in duties_to_keep(party, on=timezone.localdate())}
        assert found == {"holds_rights", "in_papers"}

    def test_an_expired_paper_loses_its_bytes_and_still_verifies(
        self, town, act, party, lot, django_capture_on_commit_callbacks
    ):
        register.holder(act, lot, "", share=1, party=party)
        yesterday = timezone.localdate() - timedelta(days=1)
        paper = paper_on(lot, "MEJMEJMEJM7", valid_until=yesterday)
        assert path_of(paper.body_id).is_file()
        right = Right.objects.get()
        later = timezone.now() + timedelta(seconds=2)
        right.recorded = DateTimeTZRange(right.recorded.lower, later)
        right.closed_by = register.operation(town, recorded_at=later)
        right.save(update_fields=["recorded", "closed_by"])
        with django_capture_on_commit_callbacks(execute=True):
            done = erased(party)
        assert done.files == (paper.body_id,)
        assert not path_of(paper.body_id).exists()
        told = json.loads(
            Client().get(f"/verify/{paper.code}", HTTP_ACCEPT="application/json").content
        )
        assert told["state"] == "EXPIRED"
        assert told["facts"]


class TestDoors:
    def test_reason_article_and_office_are_asked(self, town, party):
        with pytest.raises(ErasureUnfounded):
            erased(party, legal_basis=" ")
        with pytest.raises(NotAllowed):
            erased(party, by=staff.appoint(people.VERA, "cadastre_chief", town))
        officer = staff.appoint(people.ALMA, "data_protection_officer", town)
        assert erased(party, by=officer).counts

    def test_a_rehearsal_leaves_all(self, party):
        assert erased(party, dry_run=True).counts
        assert PartyIdentity.objects.get(party=party).full_name == NAME
        assert not PartyErasure.objects.exists()

    def test_the_command(self, town, party, capsys):
        told = {"municipality": "mejia", "reason": "solicitud", "legal_basis": LAW}
        call_command("erase_person", CEDULA, **told)
        assert "Ensayo" in capsys.readouterr().out
        assert person_of(CEDULA, municipality=town) == party
        with pytest.raises(CommandError, match="--by"):
            call_command("erase_person", CEDULA, commit=True, **told)
        staff.appoint(people.ALMA, "data_protection_officer", town)
        call_command("erase_person", CEDULA, commit=True, by=people.ALMA.cedula, **told)
        assert not PersonKey.objects.exists()
        with pytest.raises(CommandError, match="Nadie consta"):
            call_command("erase_person", CEDULA, **told)

    def test_the_page(self, town, party):
        officer = Client()
        officer.force_login(staff.appoint(people.ALMA, "data_protection_officer", town))
        path = "/mejia/workbench/erasures/"
        told = {"document": CEDULA, "reason": "solicitud", "legal_basis": LAW}
        seen = officer.post(path, told | {"do": "try"}).content.decode()
        assert "Nada impide" in seen
        assert CEDULA not in seen.split("<form")[0]
        done = officer.post(path, told | {"do": "erase"}, follow=True).content.decode()
        assert "quedaron suprimidos" in done
        assert PartyErasure.objects.get().erased_by.cedula == people.ALMA.cedula

    def test_the_api(self, town, party):
        officer = Client()
        officer.force_login(staff.appoint(people.ALMA, "data_protection_officer", town))
        path = f"/api/mejia/parties/{party.pk}/erasure"
        told = {"reason": "solicitud", "legal_basis": LAW}
        tried = officer.post(f"{path}?dry_run=true", told, content_type="application/json")
        assert (tried.status_code, tried.json()["duties"]) == (200, [])
        assert not PartyErasure.objects.exists()
        done = officer.post(path, told, content_type="application/json")
        assert done.status_code == 201
        assert done.json()["rows"]["cadastre_partyidentity"] == 1
