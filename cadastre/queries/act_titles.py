"""How an act is called: the law's word for those it governs, ours for loads and samples."""

from datetime import date

from cadastre.acts.act_law import acts

_NOT_OF_LAW = {
    "import_parcels": "Carga del mapa predial",
    "import_register": "Carga de titulares y avalúos",
    "load_samples": "Carga de datos de muestra",
    "issue_certificate": "Emisión de un documento",
}


def act_title(verb: str, *, cause: str = "", on: date) -> str:
    """The Spanish title of an act of that day, with its cause: «Transferencia de dominio por compraventa»."""
    if verb not in acts():
        return _NOT_OF_LAW.get(verb, "Acto catastral")
    law = acts()[verb]
    causes = law.on(on).fields.get("causes", {})
    return f"{law.title} por {causes[cause]}" if cause in causes else law.title
