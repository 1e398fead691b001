"""The datasets whose files can be imported, by the names that the command and the desk know them by."""

from tracker.imports.atlas import Atlas
from tracker.imports.fbi import FbiAgencies
from tracker.imports.flock_decisions import FlockDecisions
from tracker.imports.flock_portals import FlockPortals
from tracker.imports.hifld import Hifld
from tracker.imports.predpol import PredPol
from tracker.imports.rows import Dataset
from tracker.imports.usaspending import UsaSpending

DATASETS: dict[str, type[Dataset]] = {
    "atlas": Atlas,
    "fbi": FbiAgencies,
    "flock-decisions": FlockDecisions,
    "flock-portals": FlockPortals,
    "hifld": Hifld,
    "predpol": PredPol,
    "usaspending": UsaSpending,
}
