import subprocess
import time
from datetime import date

import pytest

from eoi.outbound import scan
from tests.mailbox import free_port

# The test file of the antivirus makers, in two halves so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """A real clamd that knows one signature, at a socket of its own."""
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir(mode=0o755)
    (signatures / "test.ndb").write_text(f"Eicar-Test-Signature:0:0:{EICAR.hex()}\n")
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {folder}/clamd.sock\nForeground yes\nUser root\n"
        f"TemporaryDirectory {folder}\nStreamMaxLength 12M\n"
    )
    server = subprocess.Popen(
        ["clamd", "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder
    )
    try:
        for _ in range(300):
            if (folder / "clamd.sock").exists() or server.poll() is not None:
                break
            time.sleep(0.05)
        yield f"unix:{folder}/clamd.sock"
    finally:
        server.terminate()
        server.communicate()


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
