"""The form of a person, company or group at the counter: document, what is known, who belongs, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import Party
from cadastre.operations.register_party import GROUPS, NewMember, NewParty
from gis_project.core.identification import IdentityCheck, check_identity
from gis_project.portal.transfer_form import TypedTaker, share_field

MOST_MEMBERS = 30
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_KINDS: list[tuple[Any, Any]] = [
    (Party.Kind.NATURAL, _("Persona natural")),
    (Party.Kind.LEGAL, _("Persona jurídica")),
    (Party.Kind.PUBLIC, _("Entidad pública")),
    (
        _("Grupos"),
        [
            (Party.Kind.SPOUSES, _("Sociedad conyugal")),
            (Party.Kind.HEIRS, _("Herencia sin partir")),
            (Party.Kind.COMMUNE, _("Comuna o comunidad")),
            (Party.Kind.TRUST, _("Fideicomiso")),
        ],
    ),
    (Party.Kind.UNKNOWN, _("Por determinar")),
]
_MEMBER = ("document", "name", "share")


def _text(label: Any, length: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=_PLAIN)
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


class PartyForm(forms.Form):
    """With `looks_up` only the document and the purpose are needed: the rest is what comes back.

    `members` is how many rows of a group's members stand in it.
    """

    purpose = forms.CharField(
        label=_("Trámite o turno que atiende"),
        help_text=_("Queda registrado con la consulta y con el registro."),
        max_length=300,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    document = _text(_("Cédula, RUC o pasaporte"), 30)
    kind = forms.ChoiceField(label=_("Clase"), choices=_KINDS, required=False)
    full_name = _text(
        _("Nombres y apellidos, o razón social"),
        300,
        help_text=_("De una sociedad conyugal puede quedar en blanco: se forma con los suyos."),
    )
    birth_date = _day(_("Fecha de nacimiento"))
    phone = _text(_("Teléfono"), 30)
    email = forms.EmailField(
        label=_("Correo"), required=False, widget=forms.EmailInput(attrs=_PLAIN)
    )
    postal_address = _text(_("Domicilio"), 300)
    since = _day(
        _("Integrantes desde"),
        help_text=_("La fecha del matrimonio o del fallecimiento; en blanco, desde hoy."),
    )
    # The documents about which the official was warned and which he registers all the same.
    seen_doubts = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, members: int = 2, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member_count = members
        for number in range(members):
            self.fields |= {
                f"member_document_{number}": _text(_("Cédula, RUC o pasaporte"), 20),
                f"member_name_{number}": _text(
                    _("Nombres y apellidos o razón social, si aún no consta"), 300
                ),
                f"member_share_{number}": share_field(
                    _("Cuota"), required=False, help_text=_("1/3, o 1; en blanco: sin determinar.")
                ),
            }

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Those of the party itself."""
        names = [name for name in self.fields if not name.startswith("member_")]
        return [self[name] for name in names if name not in ("since", "seen_doubts")]

    @property
    def member_rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"member_{name}_{number}"] for name in _MEMBER]
            for number in range(self.member_count)
        ]

    @property
    def is_group(self) -> bool:
        """Whether the rows of members are filled or asked for."""
        return self["kind"].value() in GROUPS

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for number, member in enumerate(self.typed_members()):
            if member.share and not (member.document or member.name):
                self.add_error(f"member_document_{number}", _("Escriba quién tiene esa cuota."))
        return told

    def filled_with(self, draft: dict[str, Any]) -> "PartyForm":
        """A form for the official to confirm: what was typed stays, the draft fills what was left empty."""
        typed = {name: value for name, value in self.cleaned_data.items() if value}
        told = draft | typed | {"kind": draft["kind"]}
        return PartyForm(initial=told, members=self.member_count)

    def typed_members(self) -> list[TypedTaker]:
        """The rows as typed, the empty ones among them."""
        told = self.cleaned_data
        return [
            TypedTaker(*(told.get(f"member_{name}_{number}") or "" for name in _MEMBER))
            for number in range(self.member_count)
        ]

    def doubts(self) -> list[str]:
        """What the check digits say of documents about which the official was not warned yet."""
        seen = self.cleaned_data["seen_doubts"].split()
        return [
            f"{check.normalised}: {warning}"
            for check in self._doubted()
            if check.normalised not in seen
            for warning in check.warnings
        ]

    def doubted(self) -> str:
        """The documents with a doubt, as the hidden field keeps them."""
        return " ".join(check.normalised for check in self._doubted())

    def _doubted(self) -> list[IdentityCheck]:
        documents = [self.cleaned_data["document"], *(one.document for one in self.typed_members())]
        checks = [check_identity(one) for one in documents if one.strip()]
        return [check for check in checks if check.warnings]

    def party(self, members: list[NewMember]) -> NewParty:
        """What `register_party` takes."""
        told = self.cleaned_data
        names = ("full_name", "document", "birth_date", "phone", "email", "postal_address", "since")
        return NewParty(
            kind=told["kind"] or Party.Kind.NATURAL,
            members=members,
            **{name: told[name] for name in names},
        )
