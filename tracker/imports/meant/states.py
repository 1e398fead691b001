"""The states as datasets write them."""

NAMES = {
    "AK": "alaska",
    "AL": "alabama",
    "AR": "arkansas",
    "AZ": "arizona",
    "CA": "california",
    "CO": "colorado",
    "CT": "connecticut",
    "DC": "district of columbia",
    "DE": "delaware",
    "FL": "florida",
    "GA": "georgia",
    "GU": "guam",
    "HI": "hawaii",
    "IA": "iowa",
    "ID": "idaho",
    "IL": "illinois",
    "IN": "indiana",
    "KS": "kansas",
    "KY": "kentucky",
    "LA": "louisiana",
    "MA": "massachusetts",
    "MD": "maryland",
    "ME": "maine",
    "MI": "michigan",
    "MN": "minnesota",
    "MO": "missouri",
    "MS": "mississippi",
    "MT": "montana",
    "NC": "north carolina",
    "ND": "north dakota",
    "NE": "nebraska",
    "NH": "new hampshire",
    "NJ": "new jersey",
    "NM": "new mexico",
    "NV": "nevada",
    "NY": "new york",
    "OH": "ohio",
    "OK": "oklahoma",
    "OR": "oregon",
    "PA": "pennsylvania",
    "PR": "puerto rico",
    "RI": "rhode island",
    "SC": "south carolina",
    "SD": "south dakota",
    "TN": "tennessee",
    "TX": "texas",
    "UT": "utah",
    "VA": "virginia",
    "VI": "virgin islands",
    "VT": "vermont",
    "WA": "washington",
    "WI": "wisconsin",
    "WV": "west virginia",
    "WY": "wyoming",
}
# The FBI writes Nebraska NB and Guam GM.
_OTHERWISE = {"NB": "NE", "GM": "GU"}


def postal(code: str) -> str:
    """The state's postal code, however the dataset writes it: " wi", "NB"."""
    code = code.strip().upper()
    return _OTHERWISE.get(code, code)


def named(code: str) -> str:
    """The state's name for a reader; the code itself where it is none of the United States."""
    return NAMES.get(code, code).title().replace(" Of ", " of ")
