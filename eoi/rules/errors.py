"""What a verb may refuse, by name. `eoi/web/errors.py` maps each to a status and a page, once."""


class Refused(Exception):
    """A rule says no. `message` is shown to the person; `status` answers the request; nothing has changed."""

    status = 422
    title = "That cannot be done"

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())

    @property
    def message(self) -> str:
        return str(self.args[0])


class NotFound(Refused):
    """There is no such page, or it is not yours to see."""

    status = 404
    title = "Page not found"


class NotAllowed(Refused):
    """Your role does not allow this."""

    status = 403
    title = "You cannot do this"


class SignInRefused(Refused):
    """This account does not open the service."""

    status = 403
    title = "You cannot use this service"


class WrongStage(Refused):
    """This has moved to another stage, so that step is no longer possible."""

    status = 409
    title = "This has moved on"


class MovedOn(Refused):
    """Somebody else changed this while you had it open. `theirs` and `yours` hold both texts, label by label."""

    status = 409
    title = "Somebody else changed this first"

    def __init__(self, message: str = "", theirs: dict[str, str] | None = None, yours: dict[str, str] | None = None):
        super().__init__(message)
        self.theirs = theirs or {}
        self.yours = yours or {}


class Invalid(Refused):
    """Some answers need mending. `errors` maps a field's name to its message."""

    title = "There is a problem"

    def __init__(self, errors: dict[str, str]):
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class RoundClosed(Refused):
    """The round has closed. Your draft is kept."""

    status = 409
    title = "The round has closed"


class TooMany(Refused):
    """Too many tries. Wait a few minutes and try again."""

    status = 429
    title = "Too many tries"


class LinkDead(Refused):
    """This link has been used, has expired or was withdrawn."""

    status = 410
    title = "This link no longer works"


class SchoolClosed(Refused):
    """The register of schools says that this school is not open, so it cannot submit. Your draft is kept."""

    status = 409
    title = "The register says that the school has closed"


class FileHeld(Refused):
    """Nobody can open this file until our virus check has looked at it. Try again in a few minutes."""

    status = 409
    title = "This file is held until it is scanned"


class BadFile(Refused):
    """The file cannot be read. Nothing has changed."""

    title = "The file cannot be used"
