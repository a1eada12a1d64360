"""The form of a document that a proposal needs: what it is, and its scan."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadastre.acts.documents import document_law
from cadastre.models import AdministrativeSource
from cadastre.operations.bring_document import BroughtFile
from gis_project.portal.act_form import PLAIN
from gis_project.portal.act_words import DOCUMENT_WORDS


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, required=False, input_formats=["%Y-%m-%d"], **options
    )


def _text(label: Any, length: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=PLAIN)
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Documento"), choices=list(DOCUMENT_WORDS.items()))
    number = _text(_("Número"), 100)
    issued_on = _day(_("Fecha del documento"))
    issuer = _text(_("Quién lo otorga"), 200, help_text=_("Notaría, juzgado, concejo u oficina."))
    repertory = _text(_("Repertorio"), 40, help_text=_("Solo de la inscripción."))
    book = _text(_("Libro o tomo"), 60)
    property_text = _text(
        _("Clave o número del predio que nombra"),
        60,
        help_text=_("Del certificado de no adeudar que no emitió este sistema."),
    )
    description = _text(
        _("Descripción"),
        300,
        help_text=_("Si una misma inscripción contiene otro acto más, diga por qué."),
    )
    valid_until = _day(_("Válido hasta"), help_text=_("Solo si el documento vence."))
    file = forms.FileField(
        label=_("Archivo escaneado"),
        help_text=_("PDF, JPEG, PNG o TIFF, hasta 20 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/tiff"}),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        kind = told.get("kind")
        if not kind:
            return told
        asked = document_law(kind, on=timezone.localdate())
        needed = (*asked.says, *(["file"] if asked.file == "always" else []))
        for name in needed:
            if name in self.fields and not told.get(name) and name not in self.errors:
                self.add_error(
                    name,
                    _("La inscripción lo necesita: cópielo de su razón.")
                    if kind == "INSCRIPTION"
                    else _("Sin este dato el documento no vale: cópielo de él."),
                )
        return told

    def document(self) -> AdministrativeSource:
        """The document as an unsaved row."""
        fields = ("kind", "number", "issued_on", "issuer", "repertory", "book", "valid_until")
        more = ("property_text", "description")
        told = self.cleaned_data
        return AdministrativeSource(
            **{name: told[name] for name in (*fields, *more) if name in told}
        )

    def brought_file(self) -> BroughtFile | None:
        """The scan; a large one stays in the temporary file where the server put it."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if isinstance(file, TemporaryUploadedFile):
            return BroughtFile(file.name or "", Path(file.temporary_file_path()))
        return BroughtFile(file.name, file.read())
