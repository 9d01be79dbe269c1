"""Register extracts for tests: the DfE's full layout of 140 columns, filled for as many invented schools as wanted."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

DATA = Path(__file__).parents[1] / "eoi" / "data"
HEADINGS = (DATA / "gias_headers_2024.txt").read_text().split("\n")[:140]
TOWNS = (
    "Ashford",
    "Canterbury",
    "Dartford",
    "Dover",
    "Maidstone",
    "Margate",
    "Sevenoaks",
    "Swanley",
    "Tonbridge",
    "Whitstable",
)
PLACES = (
    "Abbey",
    "Birch",
    "Cedar",
    "Downs",
    "Elm",
    "Ferry",
    "Green",
    "Hill",
    "Ivy",
    "Joy",
    "Kiln",
    "Lark",
    "Mill",
    "North",
)
SAINTS = ("St Mary's", "St John’s", "St Peter's", "St Augustine's", "St Zoë's", "St Botolph's", "St Anne's")
KINDS = ("Church of England Primary School", "Primary School", "Academy", "Catholic Primary School", "School")


def school(urn: int, **changes: str) -> dict[str, str]:
    """One school's values by heading, the others empty. Names with brackets are given with a keyword dict: `**{…}`."""
    return {
        "URN": str(urn),
        "LA (code)": "886",
        "LA (name)": "Kent",
        "EstablishmentNumber": f"{urn % 10_000:04}",
        "EstablishmentName": f"{SAINTS[urn % 7]} {PLACES[urn % 14]} {KINDS[urn % 5]}",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1950",
        "PhaseOfEducation (name)": "Primary",
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "Gender (name)": "Mixed",
        "ReligiousCharacter (name)": "Does not apply",
        "Diocese (name)": "Not applicable",
        "AdmissionsPolicy (name)": "Not applicable",
        "SchoolCapacity": "210",
        "NumberOfPupils": "204",
        "Street": f"{urn % 97 + 1} High Street",
        "Town": TOWNS[urn % 10],
        "Postcode": f"ME{urn % 20 + 1} {urn % 9 + 1}{'ABDEFGHJ'[urn % 8]}{'LNPQRSTU'[urn // 8 % 8]}",
        "SchoolWebsite": "www.school.example",
        "TelephoneNum": "01622000000",
        "HeadTitle (name)": "Mrs",
        "HeadFirstName": "Alice",
        "HeadLastName": "Example",
        "HeadPreferredJobTitle": "Headteacher",
        "DistrictAdministrative (code)": f"E0700{urn % 12 + 105:04}",
        "DistrictAdministrative (name)": TOWNS[urn % 10],
        "Easting": "551223",
        "Northing": "172486",
        "Trusts (name)": "",
        **changes,
    }


def schools(count: int, la_code: str = "886") -> Iterator[dict[str, str]]:
    """So many schools of this council, each with a URN of its own."""
    return (school(100_000 + n, **{"LA (code)": la_code}) for n in range(count))


def write(
    path: Path, rows: Iterable[Mapping[str, str]], *, encoding: str = "cp1252", headings: Iterable[str] = HEADINGS
) -> Path:
    """Write the file as the DfE does: every value quoted, lines ended as on Windows."""
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.DictWriter(file, list(headings), quoting=csv.QUOTE_ALL, lineterminator="\r\n", extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    return path
