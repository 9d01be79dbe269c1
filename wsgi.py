"""What a web server and the `flask` command load."""

import sys

from config import Settings, SettingsError
from eoi import create_app

try:
    app = create_app(Settings.from_environment())
except SettingsError as wrong:
    sys.exit(str(wrong))
