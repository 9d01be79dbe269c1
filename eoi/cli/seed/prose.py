"""What invented schools write. Each tuple holds sentences that may stand in any order after each other."""

PROSE: dict[str, tuple[str, ...]] = {
    "summary_100": (
        "We offer {places} places for pupils with EHC plans whose primary need is {need}.",
        "Two classrooms beside the library have stood empty since our roll fell, with their own door and garden.",
        "Pupils would belong to a mainstream class from the first day and use the base when they need it.",
        "Our staff have worked with the specialist teaching service for six years and want to go further.",
        "The governing body voted for this offer, and parents have asked for provision close to home.",
    ),
    "need_case": (
        "Families in our part of the district travel up to fifty minutes to the nearest specialist place.",
        "The Commissioning Plan names this district and phase, and no provision of this kind lies within 10 km.",
        "Our three neighbouring schools support the offer and would send pupils whose plans name it.",
        "The bus station is four minutes away on foot, and minibuses can turn on the site.",
        "Pupils could go on to the secondary provision in the next town, with whose staff we already meet.",
    ),
    "inclusion_record": (
        "Pupils with SEN here make progress in reading and mathematics in line with all pupils nationally.",
        "Attendance of pupils with EHC plans rose by three points over three years.",
        "No pupil with an EHC plan has been permanently excluded in the last five years.",
        "Every class has visual timetables, agreed routines and a quiet corner, and every adult uses them.",
        "We lead the local inclusion group and share our assessment of sensory needs with eleven schools.",
        "Parents of pupils with SEN come to a monthly morning; last year nine in ten said their child was happy here.",
    ),
    "daily_model": (
        "The day starts in the base with a calm arrival and a look at the timetable.",
        "Pupils join their mainstream class for registration, mathematics, science and the arts, with support.",
        "Reading, speech and language, and social communication are taught in small groups in the base.",
        "Break and lunch are with friends, with a supervised garden for those who need quiet.",
        "Clubs and trips are planned so that every pupil can come, and transport home waits for clubs.",
    ),
    "joint_activity": (
        "Satellite classes share assemblies, lunch, playtimes and the allotment with our pupils.",
        "Teachers of both schools plan a shared afternoon each week in art, music or physical education.",
        "Pupils who are ready join a mainstream lesson with an adult they know.",
        "Both schools train together twice a year and hold one joint sports day.",
    ),
    "approach": (
        "Each pupil has a communication and sensory profile, written with the family and reviewed each term.",
        "Rooms have low arousal colours, adjustable light and a place to withdraw to that is never a sanction.",
        "Adults use clear language, give time to answer, and prepare changes with pictures.",
        "Behaviour is read as communication; our policy is relational and has no isolation.",
        "The team meets daily for ten minutes and weekly with the educational psychologist’s guidance.",
    ),
    "therapies": (
        "A speech and language therapist is in school one day a week under our own contract.",
        "Occupational therapy is bought by the term, and staff carry out the programmes daily.",
        "We would need half a day more of both, and a named contact at the health trust.",
    ),
    "voice": (
        "Parents of pupils with SEN helped to choose the rooms and asked for a separate drop-off.",
        "The school council said that everyone needs somewhere quiet, not only pupils of the base.",
        "Families of the local support group visited in the summer and gave us eleven suggestions.",
    ),
    "outreach": ("We would open one training afternoon each term to schools of the district, free of charge.",),
    "training": (
        "All teachers hold the first two levels of autism training, and four hold the third.",
        "The SENCO leads coaching, and two teachers are studying for a postgraduate certificate.",
        "Before opening, the whole staff will train for two days with the specialist teaching service.",
    ),
    "pathway_onward": ("Pupils would move to the secondary provision nearest home; transition starts in Year 5.",),
    "pathway_feeders": (
        "The primary provisions of this district and the next would feed us, about six pupils a year.",
    ),
    "nearby_effect": ("The provision in the next town is full, so we expect no effect on its numbers.",),
    "partner_statement": (
        "The special school would staff each class with a teacher and two assistants, and open with one class.",
        "Its head leads teaching and safeguarding of its pupils on our site.",
    ),
    "host_support": (
        "Satellite staff belong to our duty rota for first aid and use our safeguarding system for urgent concerns.",
        "The site manager and the office serve both schools, and cover is agreed each morning.",
    ),
    "views_note": ("Staff and unions met in October and support it; parents answered a short survey.",),
    "startup_note": ("Furniture, sensory equipment, training, and a term of the teacher before opening.",),
    "capital_basis": ("A local surveyor’s estimate of walls, a hygiene room and a ramp.",),
    "constraints_note": ("The hall ceiling holds sealed asbestos, which the work would not touch.",),
    "standing_note": ("The trust joins a larger one next September; its trustees know of this offer.",),
    "existing_note": ("A nurture room for eight pupils in the mornings, paid for by the school.",),
}

RISKS = (
    ("The teacher in charge is not appointed in time", "Advertise two terms before, and release our assistant head."),
    ("Building work is late", "Open with one class in the present rooms."),
    ("Places fill faster than staff are found", "Agree the build-up with the council and hold to it."),
)
ROOMS = (
    ("Classroom A", "Teaching", (48, 62)),
    ("Classroom B", "Teaching", (45, 60)),
    ("Group room", "Small groups and therapy", (14, 24)),
    ("Calm room", "Calm or sensory room", (9, 16)),
    ("Hygiene room", "Accessible WC and changing", (8, 12)),
)
STAFF = (("Teacher in charge", 1.0), ("Class teacher", 1.0), ("Teaching assistant", 4.0), ("Therapy assistant", 0.6))
FIRST = ("Amina", "Ben", "Carys", "Dev", "Ella", "Farid", "Grace", "Hugh", "Ines", "Jo", "Kit", "Leah", "Marek", "Nia")
LAST = ("Abbott", "Baker", "Clarke", "Dhillon", "Ellis", "Frost", "Greene", "Hale", "Irving", "Jarvis", "Khan", "Lowe")
