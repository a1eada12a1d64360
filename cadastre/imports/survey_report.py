"""What a plan's proposals tell the technician: what fits, what does not and where, as text and sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cadastre.imports.findings_files import write_sheet

HEAD = ("poligonos", "clave", "resultado", "acto", "propuesta", "que_dice")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """One act, or one polygon that fits none."""

    positions: Sequence[int]
    key: str
    result: str
    act: str
    proposal: str
    told: str


def survey_told_in_spanish(lines: Sequence[SurveyLine], *, heading: str, ending: str) -> str:
    """The summary that the surveyor and the technician read together."""
    told = [heading, ""]
    for line in lines:
        numbers = ", ".join(map(str, line.positions))
        told.append(f"  {line.result}: {line.act or 'polígono'} {numbers} {line.key}".rstrip())
        told += [f"      {sentence}" for sentence in line.told.splitlines()]
    return "\n".join([*told, "", ending])


def write_survey_files(lines: Sequence[SurveyLine], text: str, folder: Path) -> list[Path]:
    """`informe.txt` and `propuestas.csv` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    report, sheet = folder / "informe.txt", folder / "propuestas.csv"
    report.write_text(text + "\n", encoding="utf-8")
    write_sheet(
        sheet,
        HEAD,
        [
            [
                ", ".join(map(str, line.positions)),
                line.key,
                line.result,
                line.act,
                line.proposal,
                line.told,
            ]
            for line in lines
        ],
    )
    return [report, sheet]
