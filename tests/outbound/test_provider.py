"""Identity tokens, each with one thing wrong; the provider itself is met in tests/web/auth/test_council.py."""

import base64
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from eoi.outbound.provider import NotProven, Provider

ISSUER, NONCE = "https://login.example/t/v2.0", "a nonce"
PROVIDER = Provider(ISSUER, "eoi", "secret", "https://eoi.example/sign-in/council/back")


@pytest.fixture(scope="module")
def key():
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@pytest.fixture(scope="module")
def keys(key):
    """What the provider publishes."""
    return {"keys": [key.as_dict(private=False)]}


def claims(**changed):
    moment = int(time.time())
    usual = {"iss": ISSUER, "aud": "eoi", "sub": "s-olu", "nonce": NONCE, "iat": moment, "exp": moment + 300}
    return {name: value for name, value in (usual | changed).items() if value is not None}


def signed(key, alg="RS256", **changed):
    return jwt.encode({"alg": alg, "kid": "one"}, claims(**changed), key)


@pytest.mark.parametrize("more", [{}, {"aud": ["eoi"]}, {"aud": ["eoi", "other"], "azp": "eoi"}, {"groups": ["g"]}])
def test_token_that_is_whole_is_proven(key, keys, more):
    assert PROVIDER.proven(signed(key, **more), keys, NONCE)["sub"] == "s-olu"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://login.example/another/v2.0"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": ["eoi", "another"]},
        {"aud": ["eoi", "another"], "azp": "another"},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": 7},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"exp": "later"},
        {"nbf": int(time.time()) + 3600},
    ],
)
def test_token_with_one_thing_wrong_proves_nothing(key, keys, changed):
    with pytest.raises(NotProven):
        PROVIDER.proven(signed(key, **changed), keys, NONCE)


def test_token_that_somebody_else_signed_proves_nothing(key, keys):
    with pytest.raises(NotProven, match="BadSignature"):
        PROVIDER.proven(signed(RSAKey.generate_key(2048, {"kid": "one"})), keys, NONCE)
    with pytest.raises(NotProven):
        PROVIDER.proven(signed(OctKey.import_key("secret of the client, which is long enough"), "HS256"), keys, NONCE)


def test_token_that_nobody_signed_or_that_was_changed_proves_nothing(key, keys):
    head, body, signature = signed(key).split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "one"}).encode()).rstrip(b"=").decode()
    other = base64.urlsafe_b64encode(json.dumps(claims(sub="s-ada")).encode()).rstrip(b"=").decode()
    for forged in (
        f"{none}.{body}.",
        f"{head}.{other}.{signature}",
        f"{head}.{body}.",
        "",
        "x",
        "a.b.c",
        f"{head}.{body}",
    ):
        with pytest.raises(NotProven):
            PROVIDER.proven(forged, keys, NONCE)


@pytest.mark.parametrize("published", [{}, {"keys": []}, {"keys": [{}]}, {"keys": "x"}, {"keys": None}])
def test_keys_that_are_none_prove_nothing(key, published):
    with pytest.raises(NotProven):
        PROVIDER.proven(signed(key), published, NONCE)
