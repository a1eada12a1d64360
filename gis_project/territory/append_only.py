"""Tables of territory that only grow: table → the columns that close a row, each writable once."""

APPEND_ONLY: dict[str, list[str]] = {
    "territory_auditevent": [],
    "territory_accessrecord": [],
    "territory_recoverycode": ["closed_at"],
}
