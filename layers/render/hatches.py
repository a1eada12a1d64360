"""Images of hatches for Mapnik, which takes patterns from files only."""

import hashlib
import tempfile
from functools import cache
from pathlib import Path

from layers.styles.model import Hatch, Style

_folder: Path | None = None


def hatch_images(style: Style) -> dict[Hatch, str]:
    """The file of each hatch in the style."""
    hatches = {s for rule in style.rules for s in rule.symbols if isinstance(s, Hatch)}
    return {hatch: _image(hatch) for hatch in hatches}


def keep_images_in(folder: Path) -> None:
    """Images are written into `folder` from now on; the one who gives it throws it away."""
    global _folder
    _folder = folder


@cache
def _image(hatch: Hatch) -> str:
    gap = hatch.gap
    # The two short strokes in the corners make the tile fit its neighbours.
    paths = f"M0 {gap}L{gap} 0M{-gap / 2} {gap / 2}L{gap / 2} {-gap / 2}M{gap / 2} {gap * 1.5}L{gap * 1.5} {gap / 2}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{gap}" height="{gap}" viewBox="0 0 {gap} {gap}">'
        f'<path d="{paths}" fill="none" stroke="{hatch.color}" stroke-width="{hatch.width}"/></svg>'
    )
    folder = _folder or Path(tempfile.mkdtemp(prefix="lindero-hatches-"))
    path = folder / f"{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
    path.write_text(svg)
    return str(path)
