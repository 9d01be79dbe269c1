"""The service as it is, with a note of which endpoint answered: what `scan` scans, and nothing else."""

import os
from pathlib import Path

from flask import Response, request

from config import Settings
from eoi import create_app

app = create_app(Settings.from_environment())
REACHED = Path(app.config["DATA_DIR"]) / "reached.txt"


@app.after_request
def note(response: Response) -> Response:
    """One line a request; processes append to the same file."""
    line = f"{request.endpoint or '-'} {request.method} {response.status_code}\n".encode()
    held = os.open(REACHED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(held, line)
    os.close(held)
    return response
