"""The page that explains a package to who carries it, in Spanish, one file without anything from outside."""

from dataclasses import dataclass
from datetime import date
from html import escape

_STYLE = (
    "body{font:18px/1.5 sans-serif;max-width:40em;margin:2em auto;padding:0 1em;color:#222}"
    "h1{font-size:1.4em}dt{font-weight:bold}dd{margin:0 0 .6em}li{margin:.4em 0}"
    ".aviso{border-left:.4em solid #b33a00;padding-left:1em}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadmeFacts:
    """What the page tells of one package."""

    number: str
    municipality: str
    carrier: str
    purpose: str
    area: str
    issued_on: date
    expires_on: date
    predios: int
    srid: int
    has_holders: bool
    is_sample: bool


def readme_page(facts: ReadmeFacts) -> bytes:
    """The page as HTML in UTF-8."""
    told = {
        "Municipio": facts.municipality,
        "Lo lleva": facts.carrier,
        "Para": facts.purpose,
        "Zona": f"{facts.area} ({facts.predios} predios)",
        "Entregado": f"{facts.issued_on:%d/%m/%Y}",
        "Vence": f"{facts.expires_on:%d/%m/%Y}",
        "Coordenadas": f"EPSG:{facts.srid}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in told.items())
    names = (
        "Lleva nombres de titulares: no lo copie ni lo preste."
        if facts.has_holders
        else "No lleva nombres, cédulas ni deudas."
    )
    sample = "<p><strong>Datos de muestra, inventados.</strong></p>" if facts.is_sample else ""
    steps = "".join(f"<li>{step}</li>" for step in _STEPS)
    return (
        '<!doctype html><html lang="es"><head><meta charset="utf-8">'
        f"<title>Paquete de campo {facts.number}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Paquete de campo {facts.number}</h1>{sample}<dl>{rows}</dl>"
        f'<p class="aviso">{names} Nada de lo que se haga aquí cambia el catastro: al volver, cada cambio '
        "entra como propuesta y otra persona lo aprueba.</p>"
        f"<h2>Cómo se usa</h2><ol>{steps}</ol></body></html>"
    ).encode()


_STEPS = (
    "En el teléfono, abra QField → «Importar proyecto desde ZIP» y elija el archivo tal como lo recibió. En una "
    "computadora con QGIS 3.22 o posterior, descomprímalo y abra <code>proyecto.qgs</code>.",
    "Toque un predio para ver su ficha. Lo que falta se marca, pero se puede guardar incompleto.",
    "Para corregir un lindero, mueva sus vértices: los vecinos que lo comparten se mueven con él. Para dividir un "
    "predio, córtelo; para un predio que no consta, dibújelo.",
    "Las edificaciones nuevas se dibujan sobre el predio; sus pisos se llenan en su ficha.",
    "Las fotografías se toman desde la pestaña «Fotografías» del predio.",
    "Los predios colindantes, las manzanas y las vías son solo para orientarse.",
    "Al volver, <strong>cierre el proyecto</strong>, comparta la carpeta entera como ZIP (así van las fotografías) y "
    "súbala en la oficina: Ventanilla → Trabajo de campo → este paquete. Puede subirse varias veces: lo que ya "
    "llegó no se repite.",
)
