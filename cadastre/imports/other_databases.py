"""What is told to somebody who gives the address of a database that is not read."""

import re

from gis_project.core.errors import InvalidInput

_SQL_SERVER = re.compile(
    r"(?:jdbc:)?(?:mssql|sqlserver|odbc)(?:\+\w+)?:|(?:server|data source)\s*=", re.I
)
_OTHER = re.compile(r"(?:jdbc:)?(?:mysql|mariadb|oracle|firebird|sqlite|db2)(?:\+\w+)?:", re.I)


class DatabaseNotRead(InvalidInput):
    """Only PostgreSQL is read in place: export the table to CSV as the message says."""

    code = "database_not_read"


def refuse_other_databases(address: str) -> None:
    """Raise DatabaseNotRead, without repeating the address, if it is that of another database system."""
    if _SQL_SERVER.match(address.strip()):
        raise DatabaseNotRead(
            "SQL Server no se lee directamente: exporte la tabla a CSV y cargue el archivo. En SQL Server "
            "Management Studio: clic derecho en la base → Tareas → Exportar datos → Destino de archivo plano, "
            "página de códigos 65001 (UTF-8), delimitador «;», con nombres de columnas en la primera fila. "
            "Con bcp: docs/how-to/import-register.md."
        )
    if _OTHER.match(address.strip()):
        raise DatabaseNotRead(
            "De las bases de datos solo se lee PostgreSQL: exporte la tabla a CSV en UTF-8, con los nombres "
            "de las columnas en la primera fila, y cargue el archivo."
        )
