from datetime import UTC, datetime, timedelta

import pytest

from eoi.rules import second_factor as rules

#: RFC 6238, appendix B: the shared secret of its examples, and the last six digits of its SHA-1 column.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("second", "code"), RFC)
def test_step_of_knows_the_codes_of_the_rfc(second, code):
    moment = datetime.fromtimestamp(second, UTC)
    assert rules.step_of(RFC_SECRET, code, moment) == second // 30
    assert rules.step_of(RFC_SECRET, f" {code[:3]} {code[3:]} ", moment) == second // 30
    assert rules.step_of(RFC_SECRET, code, moment, last=second // 30) is None
    assert rules.step_of(RFC_SECRET, code, moment + timedelta(minutes=2)) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870821", "abcdef", "\u0662\u0668\u0667\u0660", "x" * 5000])
def test_step_of_takes_nothing_else(typed):
    assert rules.step_of(RFC_SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_secrets_and_recovery_codes_are_never_the_same():
    secrets = {rules.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == 10
    assert len({code for many in (rules.new_recovery_codes() for _ in range(20)) for code in many}) == 200


def test_recovery_code_is_the_same_however_it_is_typed():
    (code, *_) = rules.new_recovery_codes()
    assert rules.recovery_hash(f" {code.upper().replace('-', ' ')} ") == rules.recovery_hash(code)
    assert code not in rules.recovery_hash(code)


def test_decrypted_is_what_was_encrypted_with_this_key_and_not_long_ago():
    kept = rules.encrypted("SECRET", "a key of the tests")
    assert b"SECRET" not in kept
    assert rules.decrypted(kept, "a key of the tests") == "SECRET"
    assert rules.decrypted(kept, "another") is None
    assert rules.decrypted(b"", "a key of the tests") is None
    assert rules.decrypted(kept, "a key of the tests", timedelta(seconds=-1)) is None


def test_address_names_the_service_and_the_person():
    found = rules.address(RFC_SECRET, "olu@example.org", "Host SEN provision")
    assert found.startswith("otpauth://totp/Host%20SEN%20provision:olu%40example.org?secret=" + RFC_SECRET)


def test_key_is_shown_in_fours():
    assert rules.in_groups("ABCDEFGH") == "ABCD EFGH"
