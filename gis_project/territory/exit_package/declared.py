"""Every app's `exported_tables` module, read together into tables with their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import AppConfig, apps
from django.contrib.gis.db.models.fields import BaseSpatialField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.db import models

if TYPE_CHECKING:
    AnyField: TypeAlias = models.Field[Any, Any]
else:
    AnyField = models.Field

_KINDS: tuple[tuple[tuple[type[AnyField], ...], str], ...] = (
    ((BaseSpatialField,), "geometry"),
    ((models.JSONField, ArrayField), "json"),
    ((models.BooleanField,), "boolean"),
    ((models.DateTimeField,), "instant"),
    ((models.DateField,), "date"),
    ((models.DecimalField,), "decimal"),
    ((models.IntegerField,), "integer"),
    ((models.UUIDField,), "uuid"),
    ((models.CharField, models.TextField), "text"),
)


class UnknownColumnType(LookupError):
    """A model has a field of a type that the package has no form for: add it to `_KINDS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the package; a range is two of them, its ends (`end` is lower or upper)."""

    name: str
    field: AnyField
    kind: str
    end: str = ""
    is_personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the package; `rule` says which rows are the municipality's."""

    name: str
    model: type[models.Model]
    rule: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def geometry(self) -> Column | None:
        return next((column for column in self.columns if column.kind == "geometry"), None)


@cache
def tables() -> dict[str, Table]:
    """The exported tables by name."""
    by_name = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
    personal = _declared("PERSONAL")
    secret = _declared("SECRET")
    return {
        name: Table(
            name=name,
            model=by_name[name],
            rule=rule,
            columns=_columns(by_name[name], personal.get(name, ()), secret.get(name, ())),
        )
        for name, rule in sorted(_declared("EXPORTED").items())
    }


def left_out() -> dict[str, str]:
    """Tables that stay, with the reason."""
    return dict(_declared("LEFT_OUT"))


def views() -> dict[str, str]:
    """Extra layers of the GeoPackage: name → the SELECT over its own tables (an app's `sql/exit/<name>.sql`)."""
    found = {}
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "sql" / "exit").glob("*.sql")):
            found[path.stem] = path.read_text(encoding="utf-8").strip().rstrip(";")
    return found


def also_in_geopackage() -> frozenset[str]:
    """Tables without geometry that those layers join."""
    return frozenset(_declared("ALSO_IN_GEOPACKAGE"))


def catalogues() -> dict[str, Path]:
    """Code lists kept as files: their name in the package → where they lie."""
    found = {}
    for app, module in _modules():
        for pattern in getattr(module, "CATALOGUES", ()):
            for path in sorted(Path(app.path).glob(pattern)):
                found[f"catalogos/{app.label}/{path.relative_to(app.path)}"] = path
    return found


def kind_of(field: AnyField) -> str:
    """The package's word for what the column holds. Raises UnknownColumnType."""
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field)
    for classes, kind in _KINDS:
        if isinstance(field, classes):
            return kind
    raise UnknownColumnType(f"{field.model._meta.db_table}.{field.column}: {type(field).__name__}")


def _columns(
    model: type[models.Model], personal: tuple[str, ...], secret: tuple[str, ...]
) -> tuple[Column, ...]:
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    if unknown := {*personal, *secret} - fields.keys():
        raise LookupError(f"{model._meta.db_table} has no {sorted(unknown)}")
    columns: list[Column] = []
    for name, field in fields.items():
        if name in secret:
            continue
        if isinstance(field, RangeField):
            kind = kind_of(field.base_field)  # type: ignore[arg-type]  # an instance, says Django
            columns += [
                Column(name=f"{name}_{word}", field=field, kind=kind, end=end)
                for word, end in (("from", "lower"), ("to", "upper"))
            ]
            continue
        columns.append(
            Column(name=name, field=field, kind=kind_of(field), is_personal=name in personal)
        )
    return tuple(columns)


def _modules() -> Iterator[tuple[AppConfig, ModuleType]]:
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.exported_tables"):
            yield app, import_module(f"{app.name}.exported_tables")


def _declared(name: str) -> dict[str, Any]:
    together: dict[str, Any] = {}
    for _, module in _modules():
        told = getattr(module, name, {})
        together |= told if isinstance(told, dict) else dict.fromkeys(told, "")
    return together
