"""The states of the United States and what is counted with them, by any of the ways in which they are written."""

import re

from tracker.imports.written.text import plain

_STATES = """
01 AL Ala. Alabama; 02 AK - Alaska; 04 AZ Ariz. Arizona; 05 AR Ark. Arkansas; 06 CA Calif. California;
08 CO Colo. Colorado; 09 CT Conn. Connecticut; 10 DE Del. Delaware; 11 DC D.C. District of Columbia;
12 FL Fla. Florida; 13 GA Ga. Georgia; 15 HI - Hawaii; 16 ID - Idaho; 17 IL Ill. Illinois; 18 IN Ind. Indiana;
19 IA - Iowa; 20 KS Kan. Kansas; 21 KY Ky. Kentucky; 22 LA La. Louisiana; 23 ME - Maine; 24 MD Md. Maryland;
25 MA Mass. Massachusetts; 26 MI Mich. Michigan; 27 MN Minn. Minnesota; 28 MS Miss. Mississippi; 29 MO Mo. Missouri;
30 MT Mont. Montana; 31 NE Neb. Nebraska; 32 NV Nev. Nevada; 33 NH N.H. New Hampshire; 34 NJ N.J. New Jersey;
35 NM N.M. New Mexico; 36 NY N.Y. New York; 37 NC N.C. North Carolina; 38 ND N.D. North Dakota; 39 OH - Ohio;
40 OK Okla. Oklahoma; 41 OR Ore. Oregon; 42 PA Pa. Pennsylvania; 44 RI R.I. Rhode Island; 45 SC S.C. South Carolina;
46 SD S.D. South Dakota; 47 TN Tenn. Tennessee; 48 TX - Texas; 49 UT - Utah; 50 VT Vt. Vermont; 51 VA Va. Virginia;
53 WA Wash. Washington; 54 WV W.Va. West Virginia; 55 WI Wis. Wisconsin; 56 WY Wyo. Wyoming;
60 AS - American Samoa; 66 GU - Guam; 69 MP - Northern Mariana Islands; 72 PR P.R. Puerto Rico;
78 VI - U.S. Virgin Islands
"""
"""FIPS number, postal code, what newspapers write (Associated Press; the short names have none), name."""
FBI_CODES = {"NB": "NE", "GM": "GU"}
"""What the FBI writes otherwise, in its numbers of agencies (ORI) too: Nebraska is not to be New England."""
ORI = re.compile(r"[A-Z]{2}[A-Z0-9]{7}", re.ASCII)
"""The form of the FBI's numbers of agencies."""
_OTHERWISE = {
    **FBI_CODES,
    "W VA": "WV",
    "VIRGIN ISLANDS": "VI",
    "WASHINGTON DC": "DC",
    "COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS": "MP",
}
_COUNTY = re.compile(r"(\d{2})(\d{3})", re.ASCII)


def _form(written: str) -> str:
    return " ".join(written.replace(".", "").replace(",", " ").upper().split())


_CODES = dict(_OTHERWISE)
_FIPS: dict[str, str] = {}
NAMES: dict[str, str] = {}
"""Names by postal code."""
for _state in _STATES.strip().split(";"):
    _number, _code, _press, _name = _state.split(maxsplit=3)
    _FIPS[_number], NAMES[_code] = _code, _name
    _CODES |= dict.fromkeys((_number, str(int(_number)), _code, _form(_press), _form(_name)), _code)
_CODES.pop("-")


def state_code(raw: str) -> str:
    """The postal code of the state that is written as “FL ”, by its FIPS number 12, or by name: “Florida”, “Fla.”.

    Raises ValueError, naming it, for anything else: “NA” is no state, and “Washington County” is not Washington.
    """
    written = plain(raw)
    code = _CODES.get(_form(written))
    if code is None:
        raise ValueError(f"“{written[:40]}” is not a state" if written else "no state is given")
    return code


def county_code(raw: str, state: str) -> str:
    """The FIPS number of a county, of five digits, in the state of that postal code; a lost zero is put back.

    Raises ValueError if it is no such number, or one of another state.
    """
    written = plain(raw)
    found = _COUNTY.fullmatch(written.zfill(5) if len(written) == 4 else written)
    of = _FIPS.get(found[1]) if found else None
    if found is None or of is None or found[2] == "000":
        raise ValueError(f"“{written[:40]}” is not the FIPS number of a county")
    if of != state:
        raise ValueError(f"county {found[0]} is in {of}, not in {state or 'no state'}")
    return found[0]
