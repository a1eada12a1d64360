"""Text that a spreadsheet shows and never runs."""

_BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet_text(text: str) -> str:
    """``text`` with an apostrophe before each line that a spreadsheet would take for a formula."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        f"'{line}" if line.lstrip(_BLANKS).startswith(_RUNS) else line for line in lines
    )
