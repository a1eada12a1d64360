"""Tables of territory whose rows only their own municipality sees, and those beside them that stay open.

ROW_SECURITY: table → the column that holds the municipality, or `column -> parent table` for the rows of a
parent that is itself in the list. OPEN: table → why its personal, rights or money columns need no wall.
"""

ROW_SECURITY: dict[str, str] = {
    "territory_accessrecord": "municipality_id",
    "territory_paper": "municipality_id",
    "territory_papersignature": "paper_id -> territory_paper",
    "territory_papervoiding": "paper_id -> territory_paper",
}

OPEN: dict[str, str] = {
    "territory_user": "an account signs in before any municipality is known, and may serve several",
    "territory_organisation": "an institution's own name and RUC; it may act in several municipalities",
}
