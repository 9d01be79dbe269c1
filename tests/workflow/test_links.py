import pytest

from eoi.models import Link
from eoi.models.link import Purpose
from eoi.rules.errors import LinkDead
from eoi.workflow import links


@pytest.fixture
def link(db, people):
    made = links.make(Purpose.SIGN, email=" Chair@School.example", name="Cora Chair", user=people.alice)
    db.session.commit()
    return made


def token_of(link):
    return links.address(link).rpartition("/")[2]


def test_address_is_whole_and_its_token_stands_nowhere_in_the_row(app, link):
    assert links.address(link).startswith(f"{app.config['SITE_URL']}/sign/")
    assert token_of(link) not in str({column.name: getattr(link, column.name) for column in Link.__table__.columns})


def test_another_secret_key_opens_nothing(app, link):
    token = token_of(link)
    app.config["SECRET_KEY"] = "another key " * 4
    assert token_of(link) != token


def test_find_opens_a_link_without_using_it(link):
    for _ in range(3):
        assert links.find(token_of(link), Purpose.SIGN) == link
    assert link.actor().name == "Cora Chair"
    assert link.email == "chair@school.example"


def test_link_opens_nothing_else(link):
    with pytest.raises(LinkDead):
        links.find(token_of(link), Purpose.RESET)
    with pytest.raises(LinkDead):
        links.find("forged", Purpose.SIGN)


def test_use_works_once(db, link):
    links.use(link)
    db.session.commit()
    for attempt in (lambda: links.use(link), lambda: links.find(token_of(link), Purpose.SIGN)):
        with pytest.raises(LinkDead):
            attempt()


def test_withdraw_ends_the_links_of_one_person_and_purpose(db, people, link):
    other = links.make(Purpose.SIGN, email="x@example.org", user=people.sam)
    links.withdraw(Purpose.SIGN, user=people.alice)
    db.session.commit()
    db.session.refresh(link)
    assert link.revoked_at
    assert links.find(token_of(other), Purpose.SIGN) == other
