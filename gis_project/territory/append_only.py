"""Tables of territory that only grow: table → the columns that close a row, each writable once.

An app with this module holds records: nothing is deleted from any of its tables but the DELETABLE.
"""

APPEND_ONLY: dict[str, list[str]] = {
    "territory_auditevent": [],
    "territory_accessrecord": [],
    "territory_storedfile": [],
    "territory_paper": [],
    "territory_papersignature": [],
    "territory_papervoiding": [],
    "territory_recoverycode": ["closed_at"],
    "territory_municipalholiday": ["withdrawn_at"],
}

DELETABLE: set[str] = {"territory_job", "territory_ratebucket"}
