from datetime import date

import pytest

from eoi.outbound import scan
from tests.clamd import EICAR
from tests.mailbox import free_port


def test_scan_finds_the_test_virus(clamd):
    assert scan.scan(EICAR, clamd) is scan.Verdict.INFECTED


def test_scan_passes_a_clean_file_of_ten_megabytes(clamd):
    assert scan.scan(b"plan" * (10 * 1024 * 256), clamd) is scan.Verdict.CLEAN


def test_scan_never_takes_a_silent_scanner_for_clean(clamd):
    with pytest.raises(scan.ScannerAway):
        scan.scan(b"x" * (13 * 1024 * 1024), clamd)  # larger than this clamd reads
    with pytest.raises(scan.ScannerAway):
        scan.scan(b"plan", f"tcp://127.0.0.1:{free_port()}")


def test_scanner_says_what_it_is(clamd):
    assert scan.about(clamd).name.startswith("ClamAV ")
    with pytest.raises(scan.ScannerAway):
        scan.about(f"tcp://127.0.0.1:{free_port()}")


def test_day_of_the_signatures_is_read():
    made = "27123/Mon Nov 23 08:35:01 2026"
    assert scan.signature_day(made) == date(2026, 11, 23)
    assert scan.signature_day("") is None


def test_scan_without_a_scanner_says_so():
    assert scan.scan(b"plan", "") is scan.Verdict.NOT_SCANNED
