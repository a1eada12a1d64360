"""The key of one person: made when something about him is first sealed, deleted to erase it."""

from cadastre.models import PersonKey
from gis_project.territory.models import Municipality
from gis_project.territory.person_seal import new_key
from gis_project.territory.personal_hash import personal_hash


def find_person_key(municipality: Municipality, document: str) -> PersonKey | None:
    """The key of who has that document (in normal form), None when nothing of him was sealed or it was dropped."""
    return PersonKey.objects.filter(
        municipality=municipality, subject_hash=personal_hash(document)
    ).first()


def person_key(municipality: Municipality, document: str) -> PersonKey:
    """The key of who has that document, made if there is none."""
    return PersonKey.objects.get_or_create(
        municipality=municipality,
        subject_hash=personal_hash(document),
        defaults={"wrapped": new_key()},
    )[0]


def drop_person_keys(municipality: Municipality, documents: list[str]) -> int:
    """How many keys were deleted: what they sealed cannot be read again."""
    hashes = [personal_hash(document) for document in documents]
    return PersonKey.objects.filter(municipality=municipality, subject_hash__in=hashes).delete()[0]
