"""Fees and signing rules of papers for the sample municipalities."""

from pathlib import Path

import fixtures
from gis_project.territory.models import Municipality, PaperFee
from gis_project.territory.operations.load_paper_rules import load_paper_rules, read_paper_rules
from gis_project.territory.policy import CONSOLE

_FILE = Path(fixtures.__file__).parent / "papers" / "sample.toml"


def ensure_sample_paper_rules(municipality: Municipality) -> None:
    """The rows of fixtures/papers/sample.toml, written once for each sample municipality."""
    if not PaperFee.objects.filter(municipality=municipality).exists():
        load_paper_rules(read_paper_rules(_FILE), municipality=municipality, by=CONSOLE)
