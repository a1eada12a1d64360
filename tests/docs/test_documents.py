"""docs/reference/documents.md tells what each kind of document must say for an act to rest on it."""

from datetime import date
from pathlib import Path

from cadastre.acts.documents import FILE, MEMBERS_ES, document_law
from cadastre.models import AdministrativeSource
from gis_project.territory.roles import capabilities

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "documents.md"
TODAY = date(2026, 6, 1)
FILES = {"": "", "always": "siempre", "when_it_dates": "cuando fija la vigencia"}
INTRODUCTION = """# Documentos

Un documento que no dice lo que la ley le pide no prueba nada: ni levanta un impedimento ni fija la vigencia. La tabla
sale de `cadastre/acts/documents.toml`, con sus fechas.

| clase | documento | dice | archivo | lo confirma otra persona con |
|---|---|---|---|---|
"""
REST = """
- **La inscripción** vale cuando otra persona, que no la escribió, confirma que la vio en el Registro de
  la Propiedad: en la propuesta («Confirmar la inscripción») o con `POST /api/<municipio>/documents/<id>/confirm`.
  Queda asentado quién y cuándo.
- **Una inscripción, una escritura:** la misma (registro, repertorio, número y fecha) sirve a varios predios de la
  misma escritura, pero no a dos actos ni dos veces al mismo derecho. Si una escritura contiene dos actos que la ley
  admite juntos (unificar y dividir, dividir y vender, vender e hipotecar), dígalo en la descripción del documento.
  Otros dos actos pasan si, además, quien confirma la inscripción escribe en su observación que la escritura los
  contiene.
- **El certificado de no adeudar** que emitió este sistema se busca por su número o su código: de ese predio, del
  año, ni anulado ni vencido; cubre los títulos emitidos antes que él.
  Mientras los pagos se llevan en otra parte, el de Tesorería (en papel o de otro sistema) nombra el predio, lleva
  número y fecha, va escaneado, y otra persona confirma que lo vio. También cumple «No adeudar» en los trámites.
- El archivo se adjunta en la propuesta, o con `POST /api/<municipio>/proposals/<id>/documents` (multipart).
- Ningún acto rige desde antes que su predio conste en el catastro.
"""


def test_the_reference_tells_every_kind(request):
    """`pytest tests/docs/test_documents.py --accept` writes the page anew."""
    text = INTRODUCTION + "".join(_row(kind) for kind in AdministrativeSource.Kind) + REST
    if request.config.getoption("--accept"):
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text


def _row(kind: AdministrativeSource.Kind) -> str:
    asked = document_law(kind, on=TODAY)
    says = ", ".join(MEMBERS_ES[name] for name in asked.says if name != FILE) or "–"
    who = capabilities().get(asked.confirmed_by, "")
    return f"| `{kind.value}` | {kind.label} | {says} | {FILES[asked.file]} | {who} |\n"
