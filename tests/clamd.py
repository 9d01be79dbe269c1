"""A real clamd that knows one signature."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The test file of the antivirus makers, in two halves so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd_in(folder: Path) -> Iterator[str]:
    """Its address while it runs, at a socket of its own in this folder."""
    signatures = folder / "signatures"
    signatures.mkdir(mode=0o755)
    (signatures / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
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
