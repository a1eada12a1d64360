"""Columns of a map file that look personal: they do not enter with the parcels.

Personal data of a party stand in one table that can be erased; a name inside a parcel's attributes
would stay there for ever. Owners come in by `import_register`.
"""

import re

from cadastre.keys.plain_text import plain

_WORDS = (
    r"PROPIET\w*|DUENO\w*|POSES\w*|TITULAR\w*|OWNER\w*|CONTRIBUYENTE\w*|CEDULA\w*|CED|CEDRUC|CI|CIRUC|"
    r"RUC|DNI|PASAPORTE|IDENTIFICACION\w*|IDENT|NUMIDENT\w*|NOMBRES?|NOMBREPRO\w*|NOM|NOMPRO\w*|APELLIDO\w*|RAZONSOCIAL|RAZON|"
    r"CONYUGE\w*|TELEF\w*|TELF|FONO|CELULAR|MOVIL|PHONE|CORREO\w*|E?MAIL|NACIMIENTO|FECHANAC\w*|"
    r"DISCAPAC\w*|ETNIA|INFORMANTE|PERSONA|CLIENTE|REPRESENTANTE|HEREDERO\w*"
)
_PERSONAL = re.compile(rf"(?:^|[_\s.\-])(?:{_WORDS})(?=$|[_\s.\-\d])")
# Names of places, not of people.
_PLACES = re.compile(
    r"BARRIO|PARROQ|CALLE|VIA|SECTOR|CANTON|PROV|LUGAR|COMUNIDAD|PREDIO|FINCA|ZONA"
)


def looks_personal(column: str) -> bool:
    """Whether a column of that name is taken for personal data."""
    name = plain(column)
    return bool(_PERSONAL.search(name)) and not _PLACES.search(name)
