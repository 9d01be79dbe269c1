"""Every link of a mail: opened by a scanner, used twice, out of date. A GET confirms nothing; each page says why."""

import pytest
from sqlalchemy import update

from eoi.extensions import db
from eoi.models import Link
from tests.hostile.senders import address
from tests.hostile.test_gets import HTML, TOKENS
from tests.pages import look_at

NO_LINK = {"auth.kept"}  # for who signs in, not from a mail
PAGES = sorted({**TOKENS, "auth.reset": "reset"}.keys() - NO_LINK)


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_link_of_a_mail_is_opened_in_vain_used_once_and_ends(world, endpoint):
    path = address(world.app, endpoint, {"token": world.made.tokens[TOKENS.get(endpoint, "reset")]})
    client, before = world.app.test_client(), world.digest()
    for _ in range(3):  # as a scanner of mail does, and a HEAD too
        assert client.get(path, headers=HTML).status_code == 200
    assert client.head(path).status_code == 200
    assert world.changed(before) == []
    for values, said in (
        ({"expires_at": Link.created_at}, "has expired"),
        ({"used_at": Link.created_at}, "has been used"),
    ):
        db.session.execute(update(Link).values(values))
        db.session.commit()
        for answer in (client.get(path, headers=HTML), client.post(path, headers=HTML, data={"answer": "yes"})):
            assert answer.status_code == 410, (path, said)
            assert said in answer.text
            look_at(answer.text, path, world.app)
    world.again()
