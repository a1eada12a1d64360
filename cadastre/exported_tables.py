"""What of the cadastre leaves with a municipality's exit package: all of it.

The words are told in `gis_project/territory/exported_tables.py`. CATALOGUES: files of code lists, beside the
tables. ALSO_IN_GEOPACKAGE: tables without geometry that the layers of `sql/exit` join.
"""

from itertools import product

_VERSIONS = (
    "block",
    "buildingversion",
    "complementarywork",
    "ficha",
    "holderfact",
    "homogeneouszone",
    "householdrecord",
    "keyalias",
    "landusezone",
    "landvaluezone",
    "neighbourhood",
    "parcelversion",
    "partymember",
    "ravineedge",
    "responsibility",
    "restriction",
    "right",
    "riskarea",
    "road",
    "sector",
    "serviceuse",
    "taxgrant",
    "urbanlimit",
)
_OWN = (
    "administrativesource",
    "cadastreclosing",
    "fieldpackage",
    "fieldreturn",
    "importbatch",
    "migratedvalue",
    "observation",
    "operation",
    "parcel",
    "party",
    "partyerasure",
    "partyidentity",
    "partylookup",
    "personkey",
    "procedure",
    "propertyunit",
    "proposal",
    "qualityrun",
    "spatialsource",
    "taxroll",
    "taxtitle",
    "toleratedoverlap",
    "transfernotice",
)

EXPORTED: dict[str, str] = {
    **{f"cadastre_{name}": column for name, column in product(_VERSIONS, ["municipality_id"])},
    **{f"cadastre_{name}": column for name, column in product(_OWN, ["municipality_id"])},
    "cadastre_arealedgerline": "operation_id -> cadastre_operation",
    "cadastre_buildingcost": "ordinance_id -> territory_ordinance",
    "cadastre_buildingfloor": "building_id -> cadastre_buildingversion",
    "cadastre_fielddecision": "delta_id -> cadastre_fielddelta",
    "cadastre_fielddelta": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldpackageclosing": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldpackageunit": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldpicture": "arrival_id -> cadastre_fieldreturn",
    "cadastre_landprice": "ordinance_id -> territory_ordinance",
    "cadastre_lineage": "operation_id -> cadastre_operation",
    "cadastre_operationsource": "operation_id -> cadastre_operation",
    "cadastre_procedureamount": "procedure_id -> cadastre_procedure",
    "cadastre_procedureapplicant": "procedure_id -> cadastre_procedure",
    "cadastre_procedureevent": "procedure_id -> cadastre_procedure",
    "cadastre_procedurenotice": "procedure_id -> cadastre_procedure",
    "cadastre_procedurerequirement": "procedure_id -> cadastre_procedure",
    "cadastre_procedureunit": "procedure_id -> cadastre_procedure",
    "cadastre_proposalevent": "proposal_id -> cadastre_proposal",
    "cadastre_proposalground": "proposal_id -> cadastre_proposal",
    "cadastre_proposalsource": "proposal_id -> cadastre_proposal",
    "cadastre_proposalunit": "proposal_id -> cadastre_proposal",
    "cadastre_qualityfinding": "run_id -> cadastre_qualityrun",
    "cadastre_qualityruleresult": "run_id -> cadastre_qualityrun",
    "cadastre_rolldoubt": "roll_id -> cadastre_taxroll",
    "cadastre_rollexception": "roll_id -> cadastre_taxroll",
    "cadastre_rollstep": "roll_id -> cadastre_taxroll",
    "cadastre_sourceconfirmation": "source_id -> cadastre_administrativesource",
    "cadastre_sourcefile": "source_id -> cadastre_administrativesource",
    "cadastre_titleline": "title_id -> cadastre_taxtitle",
    "cadastre_titlevoiding": "title_id -> cadastre_taxtitle",
}

# Besides names and documents, texts in which people get named: reasons, notes, reports, what an old file held.
PERSONAL: dict[str, tuple[str, ...]] = {
    "cadastre_administrativesource": ("description",),
    "cadastre_fielddecision": ("note",),
    "cadastre_fielddelta": ("columns", "ground", "message"),
    "cadastre_fieldpackage": ("purpose",),
    "cadastre_fieldpackageclosing": ("note",),
    "cadastre_fieldpicture": ("name",),
    "cadastre_fieldreturn": ("name", "survey", "report"),
    "cadastre_holderfact": ("amount", "document"),
    "cadastre_householdrecord": ("answers",),
    "cadastre_importbatch": ("report",),
    "cadastre_observation": ("detail",),
    "cadastre_operation": ("reason",),
    "cadastre_parcelversion": ("attributes",),
    "cadastre_partyidentity": (
        "full_name",
        "search_name",
        "id_number",
        "birth_date",
        "phone",
        "email",
        "postal_address",
    ),
    "cadastre_partyerasure": ("reason", "request"),
    "cadastre_partylookup": ("purpose", "subject_hash"),
    "cadastre_personkey": ("subject_hash",),
    "cadastre_procedureamount": ("receipt",),
    "cadastre_procedureapplicant": ("full_name", "id_number", "email", "phone"),
    "cadastre_procedureevent": ("note",),
    "cadastre_procedurenotice": ("text", "certification", "email"),
    "cadastre_procedurerequirement": ("note",),
    "cadastre_proposal": ("inputs", "preview", "reason"),
    "cadastre_proposalevent": ("note",),
    "cadastre_responsibility": ("description",),
    "cadastre_restriction": ("description",),
    "cadastre_rollstep": ("note",),
    "cadastre_sourceconfirmation": ("note",),
    "cadastre_sourcefile": ("name",),
    "cadastre_spatialsource": ("surveyor", "licence", "description"),
    "cadastre_taxtitle": ("explanation", "portfolio"),
    "cadastre_titlevoiding": ("reason",),
    "cadastre_transfernotice": (
        "fingerprint",
        "seller_document",
        "seller_name",
        "buyer_document",
        "buyer_name",
        "seller_search",
        "buyer_search",
    ),
}

# `erase_person` does not look for a person's words here: the identity itself, hashes, what its own record says.
ERASED_OTHERWISE: dict[str, tuple[str, ...]] = {
    "cadastre_holderfact": ("amount",),
    "cadastre_partyidentity": PERSONAL["cadastre_partyidentity"],
    "cadastre_partylookup": ("subject_hash",),
    "cadastre_personkey": ("subject_hash",),
    "cadastre_transfernotice": ("fingerprint",),
}

# Seals open only on the installation whose LINDERO_PRIVACY_KEY made them.
SECRET: dict[str, tuple[str, ...]] = {
    "cadastre_partylookup": ("sealed",),
    "cadastre_personkey": ("wrapped",),
}

ALSO_IN_GEOPACKAGE: tuple[str, ...] = ("cadastre_keyalias", "cadastre_propertyunit")
CATALOGUES: tuple[str, ...] = ("ficha/variables/*.toml", "ficha/codes/*.toml")
