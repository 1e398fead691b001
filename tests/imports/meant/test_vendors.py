import pytest

from tracker.imports.meant import KnownVendor, Vendors, split_vendors

AMAZON, RING, AXON, BERLA, VIGILANT, MOTOROLA, MAGNET, PENLINK, SOUND, PARAGON, TWIN = range(1, 12)
KNOWN = [
    KnownVendor(AMAZON, ("Amazon.com, Inc.", "Amazon"), ("Amazon Rekognition", "Rekognition")),
    KnownVendor(RING, ("Ring LLC", "Ring"), ("Neighbors by Ring",), parent=AMAZON),
    KnownVendor(AXON, ("Axon Enterprise, Inc.", "TASER International", "Axon")),
    KnownVendor(BERLA, ("Berla Corporation", "Berla")),
    KnownVendor(MOTOROLA, ("Motorola Solutions, Inc.", "Motorola")),
    KnownVendor(VIGILANT, ("Vigilant Solutions", "Vigilant"), ("LEARN",), parent=MOTOROLA),
    KnownVendor(MAGNET, ("Magnet Forensics", "Magnet Forensics LLC")),
    KnownVendor(PENLINK, ("Pen-Link, Ltd",)),
    KnownVendor(SOUND, ("SoundThinking, Inc.",), ("ShotSpotter",), former_names=("ShotSpotter, Inc.",)),
    KnownVendor(PARAGON, ("Paragon Solutions (US) Inc", "Paragon")),
]


@pytest.mark.parametrize(
    ("cell", "pk"),
    [
        (" AXON ENTERPRISE INC ", AXON),
        ("Axon Enterprise, Incorporated", AXON),
        ("taser international, inc.", AXON),
        ("PEN-LINK, LIMITED", PENLINK),
        ("PenLink", PENLINK),
        ("BERLA CORP.", BERLA),
        ("Magnet Forensics, L.L.C.", MAGNET),
        ("Shot Spotter", SOUND),
        ("Rekognition", AMAZON),
        ("Amazon Ring", RING),
        ("Ring (Amazon)", RING),
        ("Motorola Vigilant", VIGILANT),
        ("Vigilant LEARN", VIGILANT),
        ("PARAGON SOLUTIONS INC", PARAGON),
    ],
)
def test_a_vendor_is_known_by_any_whole_name(cell: str, pk: int) -> None:
    assert Vendors(KNOWN).meant(cell).certain == pk


@pytest.mark.parametrize(
    "cell",
    [
        "THE ARC OF CUMBERLAND AND PERRY COUNTIES",
        "EVIGILANT.COM, LLC",
        "MAGNET YOUR EVENT LLC",
        "PARAGON SYSTEMS INC",
        "PARAGON LLC",
        "SPRING",
        "Motorola Inc",
        "LEARN LLC",
        "",
    ],
)
def test_a_part_of_a_name_or_a_strangers_legal_form_is_no_vendor(cell: str) -> None:
    meant = Vendors(KNOWN).meant(cell)
    assert meant.certain is None
    assert meant.why_not


def test_an_agency_among_the_vendors_is_told_so() -> None:
    meant = Vendors(KNOWN).meant("Village of Chatham Police Department")
    assert (meant.certain, meant.why_not, meant.new) == (None, "names an agency", False)


def test_a_slip_of_the_pen_is_asked_about() -> None:
    [candidate] = Vendors(KNOWN).meant("Vigilent Solutions").candidates
    assert (candidate.pk, candidate.reason) == (VIGILANT, "spelled like its name Vigilant Solutions")


def test_a_name_of_two_vendors_is_asked_about() -> None:
    meant = Vendors([*KNOWN, KnownVendor(TWIN, ("Other Firm", "Axon"))]).meant("Axon")
    assert meant.certain is None
    assert {candidate.pk for candidate in meant.candidates} == {AXON, TWIN}
    assert meant.why_not == "the vendor's name means several vendors"


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Axon Enterprise, Inc.", ["Axon Enterprise, Inc."]),
        ("Axon Enterprise, Inc., VieVu", ["Axon Enterprise, Inc.", "VieVu"]),
        ("Vigilant Solutions, Neology/PIPS", ["Vigilant Solutions", "Neology", "PIPS"]),
        ("Intergraph Security and Axon", ["Intergraph Security", "Axon"]),
        ("DJI, Others", ["DJI"]),
        ("Ring; Axon, and Berla", ["Ring", "Axon", "Berla"]),
    ],
)
def test_a_cell_of_several_vendors_is_parted(cell: str, parts: list[str]) -> None:
    assert split_vendors(cell) == parts
    assert Vendors(KNOWN).split(cell) == parts


def test_a_known_name_or_one_in_which_nothing_is_known_is_not_parted_at_and() -> None:
    vendors = Vendors([*KNOWN, KnownVendor(TWIN, ("Smith/Jones, Ring and Sons",))])
    assert vendors.split("Smith/Jones, Ring and Sons") == ["Smith/Jones, Ring and Sons"]
    assert vendors.split("Institute for Human and Machine Cognition") == ["Institute for Human and Machine Cognition"]
