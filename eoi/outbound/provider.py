"""The council's own sign-in (OpenID Connect, as Entra ID speaks it): where to send people, and who came back.

The code flow with PKCE. The identity token is proven here: signature, issuer, audience, expiry, nonce.
"""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

PATIENCE = 5  # seconds for each answer
LEEWAY = 60  # seconds that two clocks may differ
#: Signed by the provider's own key. Never `none`, never a secret that we share.
ALGORITHMS = ["RS256", "PS256", "ES256"]
#: What a provider's description has to name.
NEEDED = {"authorization_endpoint", "token_endpoint", "jwks_uri"}


class ProviderDown(Exception):
    """The council's sign-in does not answer, or not as one does."""


class NotProven(Exception):
    """What came back proves nobody's identity. The text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One way to the provider and back: what the browser's session holds meanwhile."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Journey":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))

    def kept(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Provider:
    """A council's sign-in as its settings name it. `back` is our page to which it returns."""

    issuer: str
    client_id: str
    secret: str
    back: str

    def address(self, journey: Journey, *, again: bool = False) -> str:
        """Where to send the browser; `again` makes somebody prove who they are who is signed in there already."""
        more = {"prompt": "login"} if again else {}
        with self._session() as session:
            found, _ = session.create_authorization_url(
                self._facts(session)["authorization_endpoint"],
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
                **more,
            )
        return str(found)

    def claims(self, code: str, journey: Journey) -> dict[str, Any]:
        """What the provider says of the person who came back with this code, proven.

        Raises ProviderDown and NotProven.
        """
        with self._session() as session:
            facts = self._facts(session)
            try:
                token = session.fetch_token(
                    facts["token_endpoint"], code=code, code_verifier=journey.verifier, timeout=PATIENCE
                )
            except AuthlibBaseError as refused:
                raise NotProven(f"the code was refused: {refused.error}") from refused
            except (RequestException, ValueError) as down:
                raise ProviderDown from down
            keys = self._get(session, facts["jwks_uri"])
        return self.proven(str(token.get("id_token", "")), keys, journey.nonce)

    def proven(self, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of an identity token that these keys signed, for us, on this journey. Raises NotProven."""
        needed = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
            claims = jwt.decode(token, KeySet.import_key_set(keys), registry=registry).claims  # type: ignore[arg-type]
            needed.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as wrong:  # keys may have any shape
            raise NotProven(f"{type(wrong).__name__}: {wrong}") from wrong
        if claims["aud"] not in (self.client_id, [self.client_id]) and claims.get("azp") != self.client_id:
            raise NotProven("the token is for another service too")
        return dict(claims)

    def _facts(self, session: OAuth2Session) -> dict[str, Any]:
        """The provider's own description; one that names another issuer is not it (OpenID Connect Discovery 4.3)."""
        facts = self._get(session, f"{self.issuer}/.well-known/openid-configuration")
        if facts.get("issuer") != self.issuer or not facts.keys() >= NEEDED:
            raise ProviderDown
        return facts

    def _get(self, session: OAuth2Session, url: str) -> dict[str, Any]:
        try:
            answer = session.get(url, withhold_token=True, timeout=PATIENCE)
            answer.raise_for_status()
            found = answer.json()
        except (RequestException, ValueError) as down:
            raise ProviderDown from down
        if not isinstance(found, dict):
            raise ProviderDown
        return found

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.secret,
            scope="openid profile email",
            redirect_uri=self.back,
            code_challenge_method="S256",
        )
