"""What an email address says about a school. Little: pupils may share its host, so a match proves nothing."""

from urllib.parse import urlsplit


def host_of_email(email: str) -> str:
    """head@hopefield.kent.sch.uk -> hopefield.kent.sch.uk"""
    return email.strip().lower().rpartition("@")[2]


def host_of_website(website: str) -> str:
    """https://www.hopefield.kent.sch.uk/about, with or without the beginning -> hopefield.kent.sch.uk; "" for none."""
    typed = website.strip().lower()
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
