"""What an expert reads of an expression of interest."""

from eoi.rules.opinions import Expert, readable


def question(key, value="x"):
    return {"key": key, "value": value, "shown": value}


SENT = [
    {"key": "contacts", "questions": [question("lead_email"), question("lead_name")]},
    {"key": "cost", "questions": [question("capital")]},
    {"key": "empty", "questions": [question("chair_phone")]},
    {"key": "disclosure", "questions": [question("sensitive_parts", ["money"])]},
]


def test_nobody_reads_how_to_reach_the_people_of_the_school():
    read = readable(SENT, Expert.FINANCE)
    assert [s["key"] for s in read] == ["contacts", "cost", "disclosure"]
    assert [q["key"] for q in read[0]["questions"]] == ["lead_name"]


def test_the_forum_does_not_read_what_the_school_marked_as_sensitive():
    assert [s["key"] for s in readable(SENT, Expert.FORUM)] == ["contacts"]
