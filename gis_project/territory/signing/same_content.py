"""Whether a signed PDF still shows what was issued: every page, letter by letter and font by font.

That a file begins with our bytes proves nothing, since a later revision may replace a page. So the
pages of both files are compared as they are read today, all that they draw with included; only
signature fields may have come on top.
"""

import hashlib
import io
from typing import Any


def same_content(issued: bytes, signed: bytes) -> bool:
    """True when each page of `signed` has the boxes, drawing and resources of the same page of `issued`."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        ours, theirs = (PdfFileReader(io.BytesIO(file)) for file in (issued, signed))
        return _pages(ours) == _pages(theirs) and not _runs_anything(theirs)
    except (PdfError, ValueError, KeyError, AttributeError, TypeError):  # a file made to confuse
        return False


def _pages(reader: Any) -> list[str]:
    """A digest a page, in order."""
    found: list[str] = []
    _walk(reader.root["/Pages"], {}, found, depth=0)
    return found


_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_SHOWN = (*_INHERITED, "/Contents", "/UserUnit", "/Group", "/BleedBox", "/TrimBox", "/ArtBox")


def _walk(node: Any, above: dict[str, Any], found: list[str], *, depth: int) -> None:
    if depth > 50 or len(found) > 500:
        raise ValueError("The page tree is too deep or too long")
    here = above | {name: node[name] for name in _INHERITED if name in node}
    if "/Kids" in node:
        for kid in node["/Kids"]:
            _walk(kid.get_object(), here, found, depth=depth + 1)
        return
    shown = here | {name: node[name] for name in _SHOWN if name in node}
    annotations = [
        _digest(note.get_object())
        for note in node.get("/Annots", ())
        if not _is_signature(note.get_object())
    ]
    parts = [f"{name} {_digest(shown[name])}" for name in sorted(shown)]
    found.append("\n".join([*parts, *annotations]))


def _is_signature(note: Any) -> bool:
    field_type = note.get("/FT") or note.get("/Parent", {}).get("/FT")
    return bool(note.get("/Subtype") == "/Widget" and field_type == "/Sig")


def _runs_anything(reader: Any) -> bool:
    """Scripts, actions at opening or switched layers would change what is seen."""
    return any(
        name in reader.root for name in ("/OpenAction", "/AA", "/OCProperties")
    ) or "/JavaScript" in reader.root.get("/Names", {})


def _digest(value: Any) -> str:
    running = hashlib.sha256()
    _feed(value, running, depth=0)
    return running.hexdigest()


def _feed(value: Any, running: Any, *, depth: int) -> None:
    from pyhanko.pdf_utils import generic

    if depth > 60:
        raise ValueError("The objects of the page are nested too deep")
    if isinstance(value, generic.IndirectObject):
        value = value.get_object()  # type: ignore[no-untyped-call]
    if isinstance(value, generic.StreamObject):
        running.update(b"stream" + hashlib.sha256(value.data).digest())
    if isinstance(value, generic.DictionaryObject):
        for name in sorted(value):
            # Encodings of the same bytes, and ways back to the page, are no content.
            if name not in (
                "/Length",
                "/Filter",
                "/DecodeParms",
                "/Parent",
                "/P",
                "/StructParents",
            ):
                running.update(b"name" + str(name).encode())
                _feed(value.raw_get(name), running, depth=depth + 1)
    elif isinstance(value, generic.ArrayObject):
        running.update(b"array%d" % len(value))
        for position in range(len(value)):
            _feed(value.raw_get(position), running, depth=depth + 1)
    else:
        running.update(repr(value).encode())
