"""Text that a spreadsheet will show and never run."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """``text`` with an apostrophe before each physical line that a spreadsheet would read as a formula.

    Blanks in front (no-break ones too) do not hide the sign from it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_safe_line(line) for line in lines)


def _safe_line(line: str) -> str:
    visible = line.lstrip(" \u00a0\u2007\u202f\ufeff\u200b\t")
    return f"'{line}" if visible.startswith(_STARTS_A_FORMULA) or line[:1] == "\t" else line
