"""An address as a QR picture that stands in the page itself: the content policy admits no data: address."""

import io

import segno


def qr_svg(address: str) -> str:
    """The SVG element of the address, sized by the page's style."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgns=False, omitsize=True
    )
    return picture.getvalue().decode()
