"""The form of a transfer: why, who gives how much, who takes how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.acts.act_law import act_law, acts
from cadastre.operations.deed.shares import TITULAR
from cadastre.queries.holders import Holding
from gis_project.portal.act_form import PLAIN, ActForm
from gis_project.portal.vocabulary import CODE_WORDS

MOST_TAKERS = 12
TENURES = (
    "OWNERSHIP",
    "POSSESSION",
    "RIGHTS_AND_ACTIONS",
    "HEIRS",
    "USUFRUCT",
    "PENDING_AWARD",
    "COMMUNAL",
    "PUBLIC",
)


@dataclass(frozen=True, slots=True)
class TypedTaker:
    """Who acquires, as typed at the counter; `kind` is his tenure where each has one of his own."""

    document: str
    name: str
    share: str
    kind: str = ""


class ShareField(forms.CharField):
    """`1/2`, or `1` for the whole; kept as it is typed."""

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value)).split())
        if not text:
            return ""
        try:
            share = Fraction(text) if text.replace("/", "", 1).isdigit() else None
        except ZeroDivisionError:
            share = None
        if share is None or not 0 < share <= 1:
            raise forms.ValidationError(_("Escriba la cuota como 1/3; el predio entero es 1."))
        return text


def share_field(label: Any, **options: Any) -> ShareField:
    """A field for an exact share."""
    widget = forms.TextInput(attrs=PLAIN | {"size": 8})
    return ShareField(label=label, max_length=24, widget=widget, **options)


class HoldersForm(ActForm):
    """An act on who holds a predio: `holders` are those who do, `takers` how many others may be typed."""

    def __init__(
        self,
        *arguments: Any,
        holders: Sequence[Holding],
        takers: int,
        on: date,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.holders, self.taker_count, self.day = holders, takers, on
        for number in range(takers):
            self.fields[f"document_{number}"] = forms.CharField(
                label=_("Cédula, RUC o pasaporte"),
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs=PLAIN),
            )
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Nombres y apellidos o razón social, si aún no consta"),
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs=PLAIN),
            )
            self.fields[f"taken_share_{number}"] = share_field(
                _("Cuota que recibe"), required=False, initial="1" if number == 0 else None
            )

    def typed_takers(self) -> list[TypedTaker]:
        """The rows as typed, the empty ones among them."""
        rows = [
            [self.cleaned_data.get(f"{name}_{number}") or "" for name in _TAKER_FIELDS]
            for number in range(self.taker_count)
        ]
        return [TypedTaker(*row) for row in rows]

    @property
    def taken_kind(self) -> str:
        """The tenure of those whose row names none."""
        return "OWNERSHIP"

    def with_takers(self, takers: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The member of the act's data that names those who were typed."""
        return {"takers": list(takers)}


class TransferForm(HoldersForm):
    """`holders` are those who may give, in the order of their boxes."""

    cause = forms.ChoiceField(label=_("Causa"))
    kind = forms.ChoiceField(
        label=_("Derecho que se transfiere"),
        help_text=_(
            "Da solo quien tiene este derecho; si nadie lo tiene, empieza con quien adquiere."
        ),
        choices=[(code, CODE_WORDS[code]) for code in TENURES],
    )
    becomes = forms.ChoiceField(
        label=_("Pasa a ser"),
        required=False,
        choices=[("", _("El mismo derecho")), *[(code, CODE_WORDS[code]) for code in TENURES]],
    )

    def __init__(
        self, *arguments: Any, holders: Sequence[Holding], on: date, **options: Any
    ) -> None:
        super().__init__(*arguments, holders=holders, on=on, **options)
        causes = acts()["transfer_rights"].on(on).fields["causes"]
        self.fields["cause"].choices = [(code, name.capitalize()) for code, name in causes.items()]  # type: ignore[attr-defined]  # a ChoiceField
        for number, holder in enumerate(holders):
            self.fields[f"gives_{number}"] = forms.BooleanField(
                label=holder.full_name,
                required=False,
                initial="takers" not in self.initial or f"gives_{number}" in self.initial,
            )
            self.fields[f"given_share_{number}"] = share_field(_("Cuota que da"), required=False)
        self.order_fields([*[n for n in self.fields if n != "reason"], "reason"])

    @property
    def giver_rows(self) -> list[tuple[Holding, forms.BoundField, forms.BoundField]]:
        return [
            (holder, self[f"gives_{number}"], self[f"given_share_{number}"])
            for number, holder in enumerate(self.holders)
        ]

    @property
    def taker_rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{name}_{number}"] for name in _TAKER_FIELDS]
            for number in range(self.taker_count)
        ]

    @property
    def taken_kind(self) -> str:
        return str(self.cleaned_data["becomes"] or self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for number, taker in enumerate(self.typed_takers()):
            if not (taker.document or taker.name) and (taker.share or number == 0):
                self.add_error(f"document_{number}", _("Escriba quién adquiere."))
        self._check_givers(told)
        able = self._able(told.get("kind"))
        if able and not any(told.get(f"gives_{number}") for number, _holder in able):
            self.add_error("gives_0", _("Marque a quien transfiere."))
        if {"cause", "kind", "becomes"} <= set(told):
            self._check_becomes(told)
        return told

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        givers = [
            {
                "party": str(holder.party_id),
                "share": given[f"given_share_{number}"] or None,
            }
            for number, holder in self._able(given["kind"])
            if given[f"gives_{number}"]
        ]
        return {"cause": given["cause"], "kind": given["kind"], "givers": givers}

    def _able(self, kind: str | None) -> list[tuple[int, Holding]]:
        """Those who have the right that is given, with the numbers of their boxes."""
        return [(n, holder) for n, holder in enumerate(self.holders) if holder.tenure == kind]

    def _check_givers(self, told: dict[str, Any]) -> None:
        """Whoever is marked as giving his predio has the right that is given: nobody is left out unsaid."""
        kind = told.get("kind")
        if kind not in TITULAR:
            return
        for number, holder in enumerate(self.holders):
            others = holder.tenure in TITULAR and holder.tenure != kind
            if others and told.get(f"gives_{number}"):
                self.add_error(
                    f"gives_{number}",
                    _("Tiene otro derecho: %s. Elija ese derecho, o quite la marca.")
                    % CODE_WORDS[holder.tenure],
                )

    def _check_becomes(self, told: dict[str, Any]) -> None:
        """What the law's table lets the right become by this cause; said where it is chosen."""
        law = act_law("transfer_rights", cause=told["cause"], on=self.day)
        given, taken = told["kind"], told["becomes"] or told["kind"]
        if law.may_pass(given, taken):
            return
        lawful = [str(CODE_WORDS[code]) for code in TENURES if law.may_pass(given, code)]
        if lawful:
            self.add_error(
                "becomes",
                _("Por esta causa ese derecho pasa a: %s.") % ", ".join(lawful),
            )
        else:
            self.add_error("kind", _("Por esta causa no se transfiere ese derecho."))


_TAKER_FIELDS = ("document", "name", "taken_share")
