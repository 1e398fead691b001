"""The states and territories of the United States by postal code, and the other ways in which files write them."""

_NAMES = """
AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware,
DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi,
MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York,
NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
WV West Virginia, WI Wisconsin, WY Wyoming, AS American Samoa, GU Guam, MP Northern Mariana Islands, PR Puerto Rico,
VI Virgin Islands
"""
STATES = dict(one.split(maxsplit=1) for one in " ".join(_NAMES.split()).split(", "))
_FORMS = {
    **{code.casefold(): code for code in STATES},
    **{name.casefold(): code for code, name in STATES.items()},
    "u.s. virgin islands": "VI",
    "us virgin islands": "VI",
    "washington, d.c.": "DC",
    "washington dc": "DC",
    "d.c.": "DC",
    "gm": "GU",  # these two are the FBI's codes
    "nb": "NE",
}
ORI_PREFIXES = {*STATES, "NB", "GM"}
"""How the FBI's numbers of agencies begin: Nebraska and Guam have codes of their own there."""


def postal_code(text: str) -> str | None:
    """The postal code of the state that the text writes in full or as a code; None if it is none."""
    return _FORMS.get(text.casefold())
