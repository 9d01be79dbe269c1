import pytest

from eoi.rules.addresses import host_of_email, host_of_website


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.hopefield.kent.sch.uk/about", "hopefield.kent.sch.uk"),
        ("WWW.Hopefield.kent.sch.uk", "hopefield.kent.sch.uk"),
        ("http://hopefield.org:8080", "hopefield.org"),
        ("", ""),
        ("http://[half", ""),
    ],
)
def test_host_of_a_website(website, host):
    assert host_of_website(website) == host


def test_host_of_an_address():
    assert host_of_email(' "a@b"@Hopefield.Kent.sch.uk ') == "hopefield.kent.sch.uk"
