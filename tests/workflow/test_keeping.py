from eoi.workflow import keeping

TYPED = [("offer", "Twelve places"), ("offer", "and a garden")]


def test_claim_gives_the_form_to_its_owner_only(db, people):
    token = keeping.keep("/apply/x", TYPED, people.alice.id)
    db.session.commit()
    assert keeping.claim(token, people.sam.id) is None
    assert keeping.find(token, people.sam.id) is None
    form = keeping.claim(token, people.alice.id)
    assert (form.path, form.pairs) == ("/apply/x", [["offer", "Twelve places"], ["offer", "and a garden"]])
    assert keeping.find(token, people.alice.id) == form


def test_claim_of_a_form_without_owner_makes_it_theirs(db, people):
    token = keeping.keep("/apply/x", TYPED, None)
    assert keeping.find(token, None) is None
    assert keeping.claim(token, people.alice.id)
    assert keeping.claim(token, people.sam.id) is None


def test_form_is_gone_after_half_a_day(db, people, clock):
    token = keeping.keep("/apply/x", TYPED, None)
    db.session.commit()
    clock.advance(hours=12)
    assert keeping.claim(token, people.alice.id) is None
    keeping.tidy()
    db.session.commit()
    clock.advance(hours=-1)
    assert keeping.claim(token, people.alice.id) is None


def test_keep_refuses_a_flood(db):
    assert keeping.keep("/apply/x", [("offer", "x" * 600_000)], None) is None
    assert keeping.keep("/apply/x", [], None) is None
