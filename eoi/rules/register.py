"""The register."""

OPEN_STATUSES = ("Open", "Open, but proposed to close")
MAINSTREAM_GROUPS = ("Local authority maintained schools", "Academies", "Free Schools")
MAINSTREAM_PHASES = ("Primary", "Secondary", "All-through", "Middle deemed primary", "Middle deemed secondary")
