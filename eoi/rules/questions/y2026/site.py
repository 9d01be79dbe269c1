"""Section 6 of the data dictionary: rooms, access and site."""

from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import constraints_explained, outdoor_measured, owner_looked_at
from eoi.rules.words import Step

GROUP = "Building"
DETAIL_GROUP = "Building in detail"


def _yes_no(key: str, label: str, missing: str) -> Question:
    return Question(key, label, Kind.YES_NO, missing=missing)


ROOMS = Section(
    "rooms",
    "Rooms",
    Step.EOI,
    (
        Question(
            "route",
            "How would you make the space?",
            Kind.ONE_OF,
            missing="Choose how you would make the space",
            noun="how you would make the space",
            options=(
                ("existing", "Use existing rooms as they are"),
                ("adapt", "Adapt existing rooms"),
                ("extend", "Extend a building"),
                ("new", "New or modular building"),
                ("unknown", "Not known yet"),
            ),
            criterion="C5",
            dictionary="6.1",
        ),
        Question(
            "rooms",
            "Rooms you offer",
            Kind.ROWS,
            hint="Typical: 2 classrooms, a group room, a calm or sensory room, an accessible WC or hygiene room, "
            "an office, outdoor space",
            missing="Enter at least one room",
            noun="rooms",
            rows=(1, 20),
            criterion="C5",
            dictionary="6.2",
            parts=(
                Question("name", "Room", Kind.LINE, missing="Enter the name of the room", noun="the name of the room"),
                Question("use", "Use", Kind.LINE, missing="Enter the use of the room", noun="the use of the room"),
                Question(
                    "area",
                    "Area",
                    Kind.NUMBER,
                    missing="Enter the area of the room",
                    noun="the area",
                    example="55",
                    low=5,
                    high=500,
                    suffix="m²",
                ),
            ),
        ),
        Question(
            "floor_plan",
            "Floor plan",
            Kind.FILE,
            hint="If you have one at hand. You can add a marked plan if you are shortlisted",
            required=False,
            criterion="C5",
            dictionary="9.2",
        ),
    ),
    group=GROUP,
)

SITE = Section(
    "site",
    "Access and site",
    Step.EOI,
    (
        Question(
            "access",
            "Which of these would the rooms have, when ready?",
            Kind.GRID,
            missing="Choose yes or no for each kind of access",
            criterion="C5",
            dictionary="6.4",
            parts=(
                _yes_no("step_free", "Step-free access", "Choose yes if access is step-free"),
                _yes_no("accessible_wc", "An accessible WC", "Choose yes if there is an accessible WC"),
                _yes_no("hygiene_room", "A hygiene room", "Choose yes if there is a hygiene room"),
                _yes_no(
                    "drop_off",
                    "Parking and drop-off for minibuses and taxis",
                    "Choose yes if there is parking and drop-off for minibuses and taxis",
                ),
            ),
        ),
        Question(
            "owner",
            "Who owns the land and buildings?",
            Kind.ONE_OF,
            missing="Choose who owns the land and buildings",
            noun="who owns the land and buildings",
            options=(
                ("council", "The council"),
                ("trust_lease", "The trust, on a lease from the council"),
                ("diocese", "A diocese or church trustees"),
                ("pfi", "A private finance (PFI) contractor"),
                ("other", "Somebody else"),
            ),
            criterion="C6",
            dictionary="6.6",
        ),
        Question(
            "constraints",
            "Is there anything about the site that could hold up building work?",
            Kind.ANY_OF,
            hint="Choose all that apply",
            missing="Choose what could hold up building work, or “None that we know of”",
            noun="what could hold up building work",
            options=(
                ("planning", "Planning permission"),
                ("listed", "Listed building or conservation area"),
                ("asbestos", "Asbestos"),
                ("flood", "Flood risk"),
                ("playing_field", "Loss of playing field"),
                ("raac", "Reinforced autoclaved aerated concrete (RAAC)"),
                ("dual_use", "Shared or community use of the site"),
                ("none", "None that we know of"),
            ),
            criterion="C6",
            dictionary="6.7",
        ),
        Question(
            "constraints_note",
            "If there is, what do you know about it?",
            Kind.TEXT,
            required=False,
            noun="your note on the site",
            words=50,
            criterion="C6",
            dictionary="6.7",
        ),
    ),
    group=GROUP,
    checks=(constraints_explained,),
    advice=(owner_looked_at,),
)

BUILDING = Section(
    "building",
    "Rooms and outdoor space",
    Step.DETAIL,
    (
        Question(
            "room_details",
            "More about each room",
            Kind.ROWS,
            hint="The rooms you named in your expression of interest",
            missing="Enter at least one room",
            noun="rooms",
            rows=(1, 20),
            criterion="C5",
            dictionary="6.2",
            parts=(
                Question("name", "Room", Kind.LINE, missing="Enter the name of the room", noun="the name of the room"),
                Question("floor", "Floor", Kind.LINE, missing="Enter the floor", noun="the floor"),
                Question("now", "Used now for", Kind.LINE, missing="Enter what it is used for now", noun="the use now"),
                _yes_no("exclusive", "Only for the provision?", "Choose yes if it is only for the provision"),
            ),
        ),
        Question(
            "surplus_places",
            "Spare places at your school",
            Kind.NUMBER,
            hint="Usually the capacity less the number on roll. Enter 0 if there are none",
            missing="Enter the number of spare places, or 0",
            noun="spare places",
            example="30",
            low=0,
            high=3000,
            suffix="places",
            criterion="C5",
            dictionary="6.3",
        ),
        Question(
            "outdoor",
            "Outdoor space",
            Kind.ONE_OF,
            missing="Choose what outdoor space there is",
            noun="the outdoor space",
            options=(
                ("sole", "Only for the provision"),
                ("shared", "Shared with the school"),
                ("none", "No outdoor space"),
            ),
            criterion="C5",
            dictionary="6.5",
        ),
        Question(
            "outdoor_area",
            "Area of the outdoor space",
            Kind.NUMBER,
            required=False,
            noun="the area of the outdoor space",
            example="120",
            low=1,
            high=100_000,
            suffix="m²",
            criterion="C5",
            dictionary="6.5",
        ),
        Question(
            "capacity_impact",
            "What would this change for your capacity and admission number?",
            Kind.ONE_OF,
            missing="Choose what this would change for your capacity and admission number",
            noun="the change to your capacity",
            options=(
                ("none", "Nothing"),
                ("less", "They would go down"),
                ("more", "They would go up"),
                ("unknown", "Not known yet"),
            ),
            criterion="C5",
            dictionary="6.9",
        ),
        Question(
            "capacity_note",
            "Anything to add about capacity",
            Kind.TEXT,
            required=False,
            noun="your note on capacity",
            words=100,
            criterion="C5",
            dictionary="6.9",
        ),
    ),
    group=DETAIL_GROUP,
    checks=(outdoor_measured,),
)
