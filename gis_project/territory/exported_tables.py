"""What of territory leaves with a municipality's exit package, and what stays, each with its why.

EXPORTED: table → which rows are the municipality's: a column that holds it, `column -> table[.column]` for rows
of an exported table, both joined by `|`, REFERENCED for those some exported row points to, EVERY for code lists.
PERSONAL: columns that become keyed pseudonyms unless personal data are asked for. SECRET: columns that never leave.
LEFT_OUT: table → why. Every table of the database stands in one of the two; a test sees to it.
"""

from gis_project.territory.exit_package.rules import EVERY, REFERENCED

EXPORTED: dict[str, str] = {
    "territory_municipality": "id",
    "territory_parish": "municipality_id",
    "territory_role": EVERY,
    "territory_organisation": "id -> territory_organisation_municipalities.organisation_id",
    "territory_organisation_municipalities": "municipality_id",
    "territory_municipalholiday": "municipality_id",
    "territory_membership": "municipality_id | organisation_id -> territory_organisation",
    "territory_user": REFERENCED,
    "territory_storedfile": REFERENCED,
    "territory_ordinance": "municipality_id",
    "territory_job": "municipality_id",
    "territory_paper": "municipality_id",
    "territory_paperfee": "municipality_id",
    "territory_papersigningrule": "municipality_id",
    "territory_papersignature": "paper_id -> territory_paper",
    "territory_papervoiding": "paper_id -> territory_paper",
    "territory_auditevent": "municipality_id",
    "territory_accessrecord": "municipality_id",
}

PERSONAL: dict[str, tuple[str, ...]] = {
    "territory_user": ("full_name", "cedula", "phone", "email"),
    "territory_job": ("arguments", "message", "result"),
    "territory_paper": ("receipt",),
    "territory_papersignature": ("certificate_subject",),
    "territory_papervoiding": ("reason",),
    "territory_accessrecord": ("purpose",),
}

# An account is its person's own, who closes it; `erase_person` refuses who serves the municipality.
ERASED_OTHERWISE: dict[str, tuple[str, ...]] = {"territory_user": PERSONAL["territory_user"]}

SECRET: dict[str, tuple[str, ...]] = {
    "territory_user": ("password", "last_login", "is_superuser", "must_change_password"),
}

LEFT_OUT: dict[str, str] = {
    "territory_ratebucket": "límite de consultas por conexión: no es del municipio",
    "territory_recoverycode": "códigos de recuperación de cuentas: secretos",
    "territory_user_groups": "permisos del administrador de Django: no se usan",
    "territory_user_user_permissions": "permisos del administrador de Django: no se usan",
    "auth_group": "permisos del administrador de Django: no se usan",
    "auth_group_permissions": "permisos del administrador de Django: no se usan",
    "auth_permission": "permisos del administrador de Django: no se usan",
    "account_emailaddress": "inicio de sesión; el correo está en territory_user",
    "account_emailconfirmation": "inicio de sesión",
    "mfa_authenticator": "segundos factores: secretos",
    "django_session": "sesiones abiertas: secretas",
    "django_content_type": "catálogo interno de Django",
    "django_migrations": "versión del esquema; está en el manifiesto del respaldo",
    "procrastinate_workers": "cola de trabajos del servidor",
    "procrastinate_jobs": "cola de trabajos del servidor; lo hecho está en territory_job",
    "procrastinate_events": "cola de trabajos del servidor",
    "procrastinate_periodic_defers": "cola de trabajos del servidor",
    "shared_cache": "memoria intermedia",
    "spatial_ref_sys": "catálogo de PostGIS",
    "geometry_columns": "vista de PostGIS",
}
