"""What is seen to now and then stands on one page."""

import pytest

from tests.web.entering import enter


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        ("olu", "FOI requests", "Failed work"),
        ("ada", "Failed work", "FOI requests"),
        ("alice", "yours to see to", "Rounds"),
    ],
)
def test_everybody_finds_what_is_theirs(client, people, who, there, not_there):
    page = enter(client, people.by_name[who]).get("/admin").text.split("<main")[1]
    assert there in page
    assert not_there not in page
