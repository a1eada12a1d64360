"""Whether a page of a PDF shows the QR of an address: looked at in the picture of the page, module by module."""

import subprocess

import numpy as np
import segno
from numpy.typing import NDArray

DOTS_PER_INCH = 300
QR_MM = 21


def page_text(pdf: bytes) -> str:
    """The text of the whole document as a reader copies it."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def shows_qr_of(pdf: bytes, address: str) -> bool:
    """True when every module printed on the first page is that of the address."""
    modules = np.array(segno.make(address, error="m", micro=False).matrix, dtype=np.uint8).astype(
        bool
    )
    count = len(modules)
    page = _first_page_is_dark(pdf)
    side = round(QR_MM / 25.4 * DOTS_PER_INCH)
    index = np.minimum(np.arange(side) * count // side, count - 1)
    wanted = np.where(modules[np.ix_(index, index)], 1.0, -1.0)
    top, left = _best_place(np.where(page, 1.0, -1.0), wanted)
    centres = ((np.arange(count) + 0.5) * side / count).astype(int)
    return bool((page[np.ix_(top + centres, left + centres)] == modules).all())


def _first_page_is_dark(pdf: bytes) -> NDArray[np.bool_]:
    arguments = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-"]
    picture = subprocess.run(arguments, input=pdf, capture_output=True, check=True).stdout
    _magic, size, _white, dots = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(dots, np.uint8, width * height).reshape(height, width) < 128


def _best_place(page: NDArray[np.float64], wanted: NDArray[np.float64]) -> tuple[int, int]:
    """Where the page agrees best with the wanted pattern (correlation by FFT)."""
    spectrum = np.fft.rfft2(page) * np.conj(np.fft.rfft2(wanted, page.shape))
    agreement = np.fft.irfft2(spectrum, page.shape)
    top, left = np.unravel_index(int(agreement.argmax()), agreement.shape)
    return int(top), int(left)
