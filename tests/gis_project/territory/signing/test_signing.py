"""Signatures: who, trusted by whom, over what; each way of cheating is told apart."""

import io
from datetime import timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from gis_project.territory.signing import trial_key
from gis_project.territory.signing.same_content import same_content
from gis_project.territory.signing.sign_pdf import sign_pdf
from gis_project.territory.signing.verify_pdf import UnreadablePdf, signatures_in
from tests.cadastre.papers.test_papers import PAPERS

CEDULA = "1710034065"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture(scope="module")
def body() -> bytes:
    return PAPERS["appraisal"]()


def signed(content: bytes, field: str = "cadastre_chief") -> bytes:
    certificate, key = trial_key.key_for(name="Ana Pérez", cedula=CEDULA)
    return sign_pdf(content, certificate=certificate, key=key, field=field, reason="x").content


def roots() -> list[bytes]:
    return [trial_key.root_certificate()]


def test_a_signature_tells_person_body_and_time(body):
    (report,) = signatures_in(signed(body), roots=roots())
    assert (report.is_intact, report.is_trusted) == (True, True)
    assert report.cedulas == {CEDULA}
    assert trial_key.LABEL in report.certificate_subject
    assert report.signed_at.utcoffset() is not None


def test_without_its_body_of_certification_it_is_not_trusted(body):
    (report,) = signatures_in(signed(body), roots=[])
    assert (report.is_intact, report.is_trusted) == (True, False)


def test_a_second_signature_leaves_the_first_whole(body):
    both = signatures_in(signed(signed(body), "planner"), roots=roots())
    assert [one.field for one in both] == ["cadastre_chief", "planner"]
    assert all(one.is_intact and one.is_trusted for one in both)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_one_flipped_byte_breaks_it(body, part):
    file = bytearray(signed(body))
    place = int(len(body) * part)
    file[place] ^= 1
    assert not any(one.is_intact for one in _reports(bytes(file)))


def _reports(file: bytes):
    try:
        return signatures_in(file, roots=roots())
    except UnreadablePdf:
        return ()


def test_the_signed_file_shows_what_was_issued(body):
    assert same_content(body, signed(body))
    assert same_content(body, signed(signed(body), "planner"))
    assert not same_content(body, signed(PAPERS["no_debt"]()))


def test_a_page_replaced_before_signing_is_another_paper(body):
    """The file still begins with our very bytes: only what is shown tells the difference."""
    writer = IncrementalPdfFileWriter(io.BytesIO(body))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    contents = page.raw_get("/Contents").get_object()
    altered = generic.StreamObject(stream_data=contents.data + b"\nq Q\n")
    page["/Contents"] = writer.add_object(altered)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(body)
    forged = signed(out.getvalue())
    assert signatures_in(forged, roots=roots())[0].is_intact
    assert not same_content(body, forged)


def test_a_note_laid_over_the_page_is_another_paper(body):
    writer = IncrementalPdfFileWriter(io.BytesIO(body))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("9.999 m2"),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert not same_content(body, out.getvalue())


def test_a_document_that_acts_at_opening_is_another_paper(body):
    writer = IncrementalPdfFileWriter(io.BytesIO(body))
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {generic.pdf_name("/S"): generic.pdf_name("/JavaScript")}
    )
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not same_content(body, out.getvalue())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 5000])
def test_what_is_no_pdf_is_refused_in_words(content):
    with pytest.raises(UnreadablePdf):
        signatures_in(content, roots=[])
    assert not same_content(content, content)


def test_the_trial_root_is_made_once_and_lasts():
    assert trial_key.root_certificate() == trial_key.root_certificate()
    assert timedelta(days=3000) < trial_key._TEN_YEARS
