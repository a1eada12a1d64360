"""Rows of a monthly list of transfers as frozen values; a row that cannot be read keeps its reason."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from cadastre.imports.parcel_map import InvalidMap
from cadastre.imports.parcel_records import Reason
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.imports.register_map import found_columns
from cadastre.imports.register_rows import RejectedRow
from cadastre.imports.transfer_map import TransferMap
from cadastre.keys.any_key import KeyKind, classify
from cadastre.keys.normal_form import bare_form
from gis_project.core.canonical import sha256_hex
from gis_project.core.money import InvalidAmount, parse_decimal, to_cents

_LOCAL_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NO_PARTIES = Reason(
    "no_parties", "La fila no dice quién adquiere: complete el nombre o el documento."
)
_NO_KEY = Reason("no_key", "La fila no trae clave ni número de predio: no se sabe de cuál es.")
_BAD_KEY = Reason("damaged_key", "La clave está dañada: exporte la columna como texto.")
_BAD_DATE = Reason("bad_date", "La fecha no se entiende: escriba día/mes/año.")
_BAD_PRICE = Reason("bad_price", "El precio no es un número, o es negativo: corríjalo.")
_LONGEST_KEY = 60
_LARGEST_PRICE = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """One transfer as told; `key` is the normal form of `key_text`."""

    position: int
    inscription: str
    repertory: str
    noticed_on: date
    notary: str
    key_text: str
    key: str
    property_number: str
    seller_document: str
    seller_name: str
    buyer_document: str
    buyer_name: str
    price: Decimal | None

    def fingerprint(self, origin: str) -> str:
        """Equal for the same transfer told twice, wherever in the file it stands."""
        told = asdict(self)
        del told["position"], told["key_text"]
        return sha256_hex({**told, "origin": origin})


class _Unreadable(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message)
        self.reason = reason


def read_transfers(
    layer: RawLayer, told: TransferMap
) -> tuple[list[TransferRow], list[RejectedRow]]:
    """All rows of the sheet, read or rejected. Raises InvalidMap when a needed column is missing."""
    columns = found_columns(told.columns, layer.fields)
    if "noticed_on" not in columns or not {"buyer_document", "buyer_name"} & columns.keys():
        raise InvalidMap(
            "El mapeo no encuentra la fecha, o quién adquiere. "
            f"Columnas del archivo: {', '.join(layer.fields)}."
        )
    rows, rejected = [], []
    for raw in layer.records:
        try:
            rows.append(_row(raw, columns, told))
        except _Unreadable as bad:
            rejected.append(RejectedRow(raw.position, bad.reason, raw.attributes))
    return rows, rejected


def _row(raw: RawRecord, columns: dict[str, str], told: TransferMap) -> TransferRow:
    def text(meaning: str, longest: int = 40) -> str:
        value = raw.attributes.get(columns[meaning]) if meaning in columns else None
        return " ".join(as_text(value).split())[:longest]

    key_text = text("key", 1_000)
    key = classify(key_text)
    if key.kind is KeyKind.DAMAGED or len(key_text) > _LONGEST_KEY:
        raise _Unreadable(_BAD_KEY)
    number = bare_form(text("number"))[:30]
    if not key.normalised and not number:
        raise _Unreadable(_NO_KEY)
    row = TransferRow(
        position=raw.position,
        inscription=text("inscription"),
        repertory=text("repertory"),
        noticed_on=_day(text("noticed_on")),
        notary=text("notary", 200),
        key_text=key_text,
        key=key.normalised,
        property_number=number,
        seller_document=bare_form(text("seller_document"))[:20],
        seller_name=text("seller_name", 300),
        buyer_document=bare_form(text("buyer_document"))[:20],
        buyer_name=text("buyer_name", 300),
        price=_price(text("price"), told),
    )
    if not row.buyer_document and not row.buyer_name:
        raise _Unreadable(_NO_PARTIES)
    return row


def _day(text: str) -> date:
    try:
        if found := _LOCAL_DATE.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Unreadable(_BAD_DATE) from None


def _price(text: str, told: TransferMap) -> Decimal | None:
    if not text:
        return None
    try:
        price = to_cents(parse_decimal(text, decimal_sign=told.decimal_sign))
    except InvalidAmount:
        try:
            price = to_cents(parse_decimal(text))  # a number that a sheet held as a number
        except InvalidAmount:
            raise _Unreadable(_BAD_PRICE) from None
    if not 0 <= price < _LARGEST_PRICE:
        raise _Unreadable(_BAD_PRICE)
    return price
