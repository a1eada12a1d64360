"""The cast: invented people with valid check digits, the same in every test."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Person:
    full_name: str
    cedula: str
    phone: str
    email: str


def cedula(serial: int, province: int = 17) -> str:
    """A valid invented cédula: province, serial number, check digit (modulo 10)."""
    digits = f"{province:02d}{serial:07d}"
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(digits))
    return digits + str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def _person(serial: int, full_name: str) -> Person:
    name = full_name.split()[0].lower().translate(str.maketrans("áéíóúñ", "aeioun"))
    return Person(
        full_name=full_name,
        cedula=cedula(serial),
        phone=f"+5939900{serial % 100_000:05d}",
        email=f"{name}@ejemplo.test",
    )


ROSA = _person(1_234_001, "Rosa Quishpe Toapanta")  # registers: técnica de catastro
TOMAS = _person(1_234_002, "Tomás Caiza Guamán")  # owns a lot
INES = _person(1_234_003, "Inés Loachamín Paredes")  # lives next to him
VERA = _person(1_234_004, "Vera Andrade Suárez")  # audits
BRUNO = _person(1_234_005, "Bruno Jaramillo Ochoa")  # técnico of another municipality
ALMA = _person(1_234_006, "Alma Iza Chicaiza")  # administers users
CLARA = _person(1_234_007, "Clara Sinchico Pilatásig")  # collects at the counter
JULIO = _person(1_234_008, "Julio Narváez Cueva")  # presides over a water board

PASSWORD = "una contraseña de prueba 2026"
