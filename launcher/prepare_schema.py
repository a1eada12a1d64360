"""Brings the database and the static files up to the code, in one process: migrate, cache table, static."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    os.environ["LINDERO_DB_ROLE"] = "owner"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)


if __name__ == "__main__":
    main()
