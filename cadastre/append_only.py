"""Tables whose rows are never deleted, and the only columns that may be set once to close a row.

`gis_project.territory` turns this into grants and triggers for the role that serves requests.
"""

_CLOSING = ["recorded", "closed_by_id"]

APPEND_ONLY: dict[str, list[str]] = {
    "cadastre_parcelversion": _CLOSING,
    "cadastre_keyalias": _CLOSING,
    "cadastre_right": _CLOSING,
    "cadastre_buildingversion": _CLOSING,
    "cadastre_block": _CLOSING,
    "cadastre_neighbourhood": _CLOSING,
    "cadastre_road": _CLOSING,
    "cadastre_urbanlimit": _CLOSING,
    "cadastre_landvaluezone": _CLOSING,
    "cadastre_sector": _CLOSING,
    "cadastre_homogeneouszone": _CLOSING,
    "cadastre_landusezone": _CLOSING,
    "cadastre_riskarea": _CLOSING,
    "cadastre_ravineedge": _CLOSING,
    "cadastre_partymember": _CLOSING,
    "cadastre_restriction": _CLOSING,
    "cadastre_responsibility": _CLOSING,
    "cadastre_ficha": _CLOSING,
    "cadastre_householdrecord": _CLOSING,
    "cadastre_complementarywork": _CLOSING,
    "cadastre_buildingfloor": [],
    "cadastre_operation": [],
    "cadastre_operationsource": [],
    "cadastre_sourcefile": [],
    "cadastre_spatialsource": ["operation_id"],
    "cadastre_arealedgerline": [],
    "cadastre_proposalunit": [],
    "cadastre_proposalsource": [],
    "cadastre_proposalevent": [],
    "cadastre_administrativesource": [],
    "cadastre_lineage": [],
    "cadastre_importbatch": [],
    "cadastre_migratedvalue": [],
    "cadastre_buildingcost": [],
    "cadastre_observation": ["resolved_by_id"],
    "cadastre_toleratedoverlap": ["resolved_by_id"],
    "cadastre_taxroll": [],
    "cadastre_taxtitle": [],
    "cadastre_titleline": [],
    "cadastre_rollexception": [],
}
