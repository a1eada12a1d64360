"""Tables of people, rights and money whose rows only their own municipality sees, and those that stay open.

ROW_SECURITY: table → the column that holds the municipality, or `column -> parent table` for the rows of a
parent that is itself in the list. OPEN: table → why its personal, rights or money columns need no wall.
Never a table with geometry: a box query that takes 0.2 ms takes 36 ms behind one (decision 0008).
`gis_project.territory` turns this into policies for the role that serves requests.
"""

ROW_SECURITY: dict[str, str] = {
    "cadastre_party": "municipality_id",
    "cadastre_partyidentity": "municipality_id",
    "cadastre_partymember": "municipality_id",
    "cadastre_partylookup": "municipality_id",
    "cadastre_partyerasure": "municipality_id",
    "cadastre_personkey": "municipality_id",
    "cadastre_right": "municipality_id",
    "cadastre_restriction": "municipality_id",
    "cadastre_responsibility": "municipality_id",
    "cadastre_householdrecord": "municipality_id",
    "cadastre_migratedvalue": "municipality_id",
    "cadastre_operation": "municipality_id",
    "cadastre_administrativesource": "municipality_id",
    "cadastre_sourceconfirmation": "source_id -> cadastre_administrativesource",
    "cadastre_sourcefile": "source_id -> cadastre_administrativesource",
    "cadastre_importbatch": "municipality_id",
    "cadastre_observation": "municipality_id",
    "cadastre_proposal": "municipality_id",
    "cadastre_proposalevent": "proposal_id -> cadastre_proposal",
    "cadastre_proposalsource": "proposal_id -> cadastre_proposal",
    "cadastre_proposalunit": "proposal_id -> cadastre_proposal",
    "cadastre_taxroll": "municipality_id",
    "cadastre_taxtitle": "municipality_id",
    "cadastre_transfernotice": "municipality_id",
    "cadastre_titleline": "title_id -> cadastre_taxtitle",
    "cadastre_procedure": "municipality_id",
    "cadastre_procedureunit": "procedure_id -> cadastre_procedure",
    "cadastre_procedureapplicant": "procedure_id -> cadastre_procedure",
    "cadastre_procedureevent": "procedure_id -> cadastre_procedure",
    "cadastre_procedurerequirement": "procedure_id -> cadastre_procedure",
    "cadastre_procedureamount": "procedure_id -> cadastre_procedure",
    "cadastre_procedurenotice": "procedure_id -> cadastre_procedure",
    "cadastre_fieldpackage": "municipality_id",
    "cadastre_fieldpackageunit": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldpackageclosing": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldreturn": "municipality_id",
    "cadastre_fielddelta": "package_id -> cadastre_fieldpackage",
    "cadastre_fieldpicture": "arrival_id -> cadastre_fieldreturn",
    "cadastre_fielddecision": "delta_id -> cadastre_fielddelta",
    "cadastre_rollexception": "roll_id -> cadastre_taxroll",
    "cadastre_rollstep": "roll_id -> cadastre_taxroll",
    "cadastre_rolldoubt": "roll_id -> cadastre_taxroll",
    "cadastre_titlevoiding": "title_id -> cadastre_taxtitle",
    "cadastre_taxgrant": "municipality_id",
    "cadastre_holderfact": "municipality_id",
    "cadastre_serviceuse": "municipality_id",
}

OPEN: dict[str, str] = {
    "cadastre_proposalground": "a geometry, which keeps its index only outside; it names nobody",
}
