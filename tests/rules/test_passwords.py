import pytest

from eoi.rules import passwords

CHEAP = (1, 8, 1)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("plum ladder", "12 characters or more"),
        ("x" * 201, "200 characters or fewer"),
        ("aaaaaaaaaaaab", "harder to guess"),
        ("Demonstration-Only", "harder to guess"),
        ("alice@school.example", "does not contain your email"),
        ("plum ladder harbour", ""),
        ("pflaume läuft übers dach", ""),
    ],
)
def test_wrong_with_says_what_to_choose(password, message):
    assert (message in passwords.wrong_with(password, "alice@school.example")) is True
    assert bool(message) is bool(passwords.wrong_with(password, "alice@school.example"))


def test_is_right_knows_the_password():
    kept = passwords.hashed("plum ladder harbour", CHEAP)
    assert kept.startswith("$argon2id$")
    assert passwords.is_right("plum ladder harbour", kept, CHEAP)
    assert not passwords.is_right("plum ladder harbor", kept, CHEAP)


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_is_right_is_never_right_without_a_password(kept):
    assert not passwords.is_right("nobody has this password", kept, CHEAP)


def test_cost_is_that_of_rfc_9106_unless_told():
    assert passwords.cost_of({}) == (3, 65_536, 4)
    assert passwords.cost_of({"ARGON2_MEMORY_KIB": 8}) == (3, 8, 4)


@pytest.mark.parametrize(
    "password",
    [
        "correcthorsebattery",
        "Qwertyuiop123",
        "1q2w3e4r5t6y",
        "iloveyouforever",
        "Password1234!",
    ],
)
def test_common_and_breached_passwords_are_refused(password):
    assert "harder to guess" in passwords.wrong_with(password, "") or "not made of" in passwords.wrong_with(
        password, ""
    )


CONTEXT = ["Alice Marsh", "Hopefield Primary School", "Kent County Council"]


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("hopefieldprimary", True),
        ("H0pefield-2026!", True),
        ("KentCounty2026!", True),
        ("Alice.Marsh.1979", True),
        ("Headteacher!2026", True),
        ("hopefield plum ladder", False),
        ("marsh lantern quiet tractor", False),
        ("пять тихих тракторов", False),
        ("48271 90355 17264", False),
    ],
)
def test_names_that_anybody_would_try_first_do_not_make_a_password(password, refused):
    assert ("not made of your name" in passwords.wrong_with(password, "alice@kent.example", CONTEXT)) is refused
