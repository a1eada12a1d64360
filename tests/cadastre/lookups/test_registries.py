"""The adapters against a real server: what is read, and what is refused without harm."""

import json
from dataclasses import replace
from datetime import date

import pytest

from cadastre.lookups.civil_registry import CivilRegistry
from cadastre.lookups.fetch import MAX_BYTES, Line, fetch
from cadastre.lookups.registry import (
    Garbled,
    NotAsked,
    Offline,
    OtherPerson,
    RegistryAnswer,
    Unreachable,
)
from cadastre.lookups.tax_registry import TaxRegistry
from tests.cadastre.lookups.registry_server import person, registry
from tests.people import TOMAS

RUC = "1790011674001"
LINE = Line(hosts=("127.0.0.1",), timeout_s=5)
FOUND = {
    "cedula": TOMAS.cedula,
    "nombre": "CAIZA GUAMAN  TOMAS",
    "fechaNacimiento": "03/02/1970",
    "estadoCivil": "CASADO",
}


@pytest.fixture
def server():
    with registry() as told:
        yield told


@pytest.fixture
def civil(server):
    return CivilRegistry(url=server.url, package="186", user="gad", password="p&<", line=LINE)


@pytest.fixture
def sri(server):
    return TaxRegistry(url=f"{server.url}?ruc=", token="t", line=LINE)


def test_a_person_is_read_whole(server, civil):
    server.body = person(**FOUND)
    assert civil.ask(TOMAS.cedula) == RegistryAnswer(
        document=TOMAS.cedula,
        full_name="CAIZA GUAMAN TOMAS",
        birth_date=date(1970, 2, 3),
        civil_state="CASADO",
    )
    method, _, headers, body = server.asked[0]
    assert (method, headers["Authorization"]) == ("POST", "Basic Z2FkOnAmPA==")
    assert f"<numeroIdentificacion>{TOMAS.cedula}</numeroIdentificacion>".encode() in body


def test_a_taxpayer_is_read(server, sri):
    row = {
        "numeroRuc": RUC,
        "razonSocial": "HORMIGONES DEL SUR",
        "estadoContribuyenteRuc": "ACTIVO",
    }
    server.body = json.dumps([row]).encode()
    found = sri.ask(RUC)
    assert (found.full_name, found.state) == ("HORMIGONES DEL SUR", "ACTIVO")
    assert server.asked[0][:2] == ("GET", f"/?ruc={RUC}")


@pytest.mark.parametrize(("status", "body"), [(404, b"x"), (204, b""), (200, person())])
def test_nobody(server, civil, status, body):
    server.status, server.body = status, body
    assert civil.ask(TOMAS.cedula) is None


def test_no_taxpayer(server, sri):
    server.body = b"[]"
    assert sri.ask(RUC) is None


def test_another_person_is_not_used(server, civil, sri):
    server.body = person(**{**FOUND, "cedula": "1700000001"})
    with pytest.raises(OtherPerson):
        civil.ask(TOMAS.cedula)
    server.body = json.dumps([{"numeroRuc": "1", "razonSocial": "OTRA"}]).encode()
    with pytest.raises(OtherPerson):
        sri.ask(RUC)


BOMB = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\x00\xff\xfe",
        b"not found",
        BOMB,
        FILE,
        b"{}",
        b"[1]",
        b"null",
        b"[" * 100_000,
        person(cedula=TOMAS.cedula),
        person(nombre="X"),
        person(**{**FOUND, "fechaNacimiento": "ayer"}),
        b"x" * (MAX_BYTES + 1),
    ],
    ids=range(14),
)
def test_garbage_is_named_so(server, civil, sri, body):
    server.body = body
    with pytest.raises(Garbled):
        civil.ask(TOMAS.cedula)
    with pytest.raises(Garbled):
        sri.ask(RUC)


@pytest.mark.parametrize("status", [301, 302, 401, 500, 503])
def test_another_status_is_no_answer_and_redirections_are_not_followed(server, civil, status):
    server.status, server.body = status, person(**FOUND)
    server.headers = {"Location": server.url}
    with pytest.raises(Unreachable):
        civil.ask(TOMAS.cedula)
    assert len(server.asked) == 1


def test_who_drips_is_left_in_time(server, civil):
    server.body, server.drip_s = person(**FOUND), 0.05
    with pytest.raises(Unreachable):
        replace(civil, line=replace(LINE, timeout_s=0.3)).ask(TOMAS.cedula)


def test_nobody_listens(civil, server):
    with pytest.raises(Unreachable):
        replace(civil, url="http://127.0.0.1:1/").ask(TOMAS.cedula)


@pytest.mark.parametrize(
    "url",
    ["https://169.254.169.254/", "https://127.0.0.1@malo.test/", "file:///etc/passwd", "//", ""],
)
def test_a_host_that_is_not_allowed_is_never_opened(url):
    with pytest.raises(Unreachable, match="no está entre"):
        fetch(url, line=LINE, headers={})


def test_only_this_machine_may_be_asked_without_tls():
    with pytest.raises(Unreachable, match="https"):
        fetch("http://registro.test/", line=replace(LINE, hosts=("registro.test",)), headers={})


def test_over_tls_with_a_certificate_of_its_own_and_never_with_a_strange_one(tmp_path):
    with registry(tls=tmp_path) as server:
        server.body = person(**FOUND)
        own = replace(LINE, ca_file=server.ca_file)
        asked = CivilRegistry(url=server.url, package="1", user="u", password="p", line=own)
        assert asked.ask(TOMAS.cedula).full_name == "CAIZA GUAMAN TOMAS"
        with pytest.raises(Unreachable):
            replace(asked, line=LINE).ask(TOMAS.cedula)
        assert len(server.asked) == 1


def test_offline_says_that_nobody_was_asked():
    with pytest.raises(NotAsked, match="No consultado"):
        Offline("SRI", "SRI").ask(RUC)


def test_an_answer_survives_being_kept():
    told = RegistryAnswer(document="1", full_name="A", birth_date=date(1970, 2, 3))
    assert RegistryAnswer.from_plain(json.loads(json.dumps(told.plain()))) == told
