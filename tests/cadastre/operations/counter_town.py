"""A town with one lot and an official at every desk, for procedures."""

from cadastre.models import AdministrativeSource, Party, PartyIdentity, Procedure
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from tests import filings, people, register, staff
from tests.people import Person
from tests.shapes import square

ROLES = {
    "clerk": (people.CLARA, "counter_clerk"),
    "technician": (people.ROSA, "cadastre_technician"),
    "chief": (people.VERA, "cadastre_chief"),
    "planner": (people.INES, "planner"),
    "lawyer": (people.JULIO, "legal_counsel"),
    "notary": (people.ALMA, "notary"),
    "stranger": (people.BRUNO, "cadastre_technician"),
}
REVENUE = Person(
    full_name="Rita Rentas Vaca",
    cedula=people.cedula(1_234_090),
    phone="+593990012390",
    email="rita@ejemplo.test",
)
SECRET = "Solicitante CANARIOPEDIDO"
TYPED = Applicant(
    full_name=SECRET,
    id_number=people.cedula(4_321_000),
    email="canariopedido@ejemplo.test",
    phone="+593970000001",
)


class Counter:
    """The town, the lot, its holder and the buyer, and the officials by desk."""

    def __init__(self) -> None:
        self.town = register.town()
        self.other = register.town("celica", "1104")
        act = register.operation(self.town)
        self.lot = register.predio(act, square(), "170350010100100100000000", number="7")
        right = register.holder(act, self.lot, "Tomás", people.TOMAS.cedula, share=1)
        self.seller = right.party
        self.buyer = Party.objects.create(municipality=self.town, kind="NATURAL")
        PartyIdentity.objects.create(
            party=self.buyer,
            municipality=self.town,
            full_name="Compradora",
            search_name="COMPRADORA",
            id_kind="CEDULA",
            id_number=people.cedula(4_321_001),
        )
        register.settle()
        self.staff = {
            desk: staff.appoint(who, role, self.other if desk == "stranger" else self.town)
            for desk, (who, role) in ROLES.items()
        } | {"revenue": staff.appoint(REVENUE, "revenue_officer", self.town)}

    def receive(self, kind: str, *papers: str, **fields) -> Procedure:
        told = {"by": self.staff["clerk"], "applicant": TYPED, "units": [self.lot]} | fields
        return receive_procedure(
            kind,
            municipality=self.town,
            sources=[self.paper(one) for one in papers],
            **told,
        )

    def paper(self, kind: str) -> AdministrativeSource:
        return filings.source(self.town, kind)

    def sale(self) -> dict:
        """The inputs of the sale of the whole lot."""
        return {
            "unit": "7",
            "cause": "SALE",
            "takers": [{"party": str(self.buyer.pk), "share": "1"}],
        }
