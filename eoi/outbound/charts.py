"""Pictures drawn on the server as inline SVG: a map of districts, bars of places, the slip of milestones.

For page and PDF alike, so colours are attributes of the shapes: no style sheet reaches into a PDF's pictures, and the
pages allow no inline style. What a picture says stands in a table beside it, so it is one image to a screen reader.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, radians
from pathlib import Path

from markupsafe import Markup, escape

SHAPES = Path(__file__).resolve().parents[1] / "data" / "kent_districts.geojson"
INK, MUTED, LINE, PAPER = "#17312a", "#545c57", "#a9a393", "#ffffff"
FONT = 'font-family="Arial, Liberation Sans, sans-serif"'
WIDTH = 720

#: From nothing missing to most: (the gap up to which it is used, fill, words).
SHADES: tuple[tuple[int, str, str], ...] = (
    (0, "#e6efea", "no gap"),
    (20, "#fbecc8", "1 to 20 places"),
    (50, "#f0cd85", "21 to 50"),
    (10**9, "#dba23c", "more than 50"),
)
#: Kinds of points, in the order in which they are drawn: (fill, outline, radius, words).
DOTS: dict[str, tuple[str, str, float, str]] = {
    "offered": (PAPER, INK, 2.6, "offering"),
    "panel": ("#4c3163", PAPER, 3.6, "at panel"),
    "approved": ("#14596b", PAPER, 4.0, "approved to proceed"),
    "existing": (INK, PAPER, 3.6, "existing"),
    "opening": ("#2f8f6f", PAPER, 4.6, "opening"),
    "open": ("#2f8f6f", INK, 4.6, "open"),
}
#: Parts of a bar: (fill, colour of its figure).
FILLS: dict[str, tuple[str, str]] = {
    "open": ("#123f33", PAPER),
    "opening": ("#2f6f5a", PAPER),
    "approved": ("#6fa893", INK),
    "panel": ("#c9bfd6", INK),
    "offered": ("#e9e4d8", INK),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A school on the map."""

    latitude: float
    longitude: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of bars: its name, the mark that it is measured by, and its parts by name, in order."""

    title: str
    mark: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan: the day first planned, the day it stands at, and whether it has happened."""

    title: str
    planned: date
    stands: date
    done: bool


@cache
def shapes() -> dict[str, tuple[str, tuple[tuple[tuple[float, float], ...], ...]]]:
    """Code -> name and outer rings (longitude, latitude) of the districts that ship with the product."""
    found = {}
    for feature in json.loads(SHAPES.read_text("utf-8"))["features"]:
        kind, given = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        polygons = [given] if kind == "Polygon" else given
        rings = tuple(tuple((x, y) for x, y in polygon[0]) for polygon in polygons)
        found[feature["properties"]["code"]] = (feature["properties"]["name"], rings)
    return found


class Projection:
    """Degrees to points of the picture: plain, which is true enough for a county."""

    def __init__(self, rings: Iterable[Sequence[tuple[float, float]]], width: float) -> None:
        points = [point for ring in rings for point in ring]
        self.west, self.north = min(x for x, _ in points), max(y for _, y in points)
        east, south = max(x for x, _ in points), min(y for _, y in points)
        self.squeeze = cos(radians((self.north + south) / 2))
        self.scale = width / ((east - self.west) * self.squeeze)
        self.height = (self.north - south) * self.scale

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale


def district_map(gaps: Mapping[str, int], dots: Iterable[Dot], title: str, name: str = "map") -> Markup:
    """The districts, shaded by their gap with the number on each, and schools as points. "" without a known shape.

    `gaps`: district code to places missing. Districts without a shape stand in the table alone.
    """
    known = {code: shape for code, shape in shapes().items() if code in gaps}
    if not known:
        return Markup("")
    drawn = Projection((ring for _, rings in known.values() for ring in rings), WIDTH)
    parts = [_district(drawn, rings, gaps[code]) for code, (_, rings) in known.items()]
    placed = list(dots)
    parts += [_dot(*drawn.at(dot.longitude, dot.latitude), dot.kind) for dot in placed]
    parts += [_name(drawn, rings, title_, gaps[code]) for code, (title_, rings) in known.items()]
    top = drawn.height + 26
    parts += legend([(fill, LINE, f"gap: {words}") for _, fill, words in SHADES], top)
    kinds = [kind for kind in DOTS if any(dot.kind == kind for dot in placed)]
    parts += _dot_legend(kinds, top + 22)
    return picture(parts, drawn.height + 62, title, name)


def offer_map(counts: Mapping[str, int], dots: Iterable[Dot], title: str, name: str = "offer-map") -> Markup:
    """The districts with how many provisions each has, and the schools as points. "" without a known shape."""
    known = {code: shape for code, shape in shapes().items() if code in counts}
    if not known:
        return Markup("")
    drawn = Projection((ring for _, rings in known.values() for ring in rings), WIDTH)
    parts = [_district(drawn, rings, 0) for _, rings in known.values()]
    parts += [_dot(*drawn.at(dot.longitude, dot.latitude), dot.kind) for dot in dots]
    parts += [_name(drawn, rings, title_, counts[code]) for code, (title_, rings) in known.items()]
    parts += _dot_legend(["open"], drawn.height + 24)
    return picture(parts, drawn.height + 36, title, name)


def _district(drawn: Projection, rings: Sequence[Sequence[tuple[float, float]]], gap: int) -> str:
    fill = next(fill for most, fill, _ in SHADES if gap <= most)
    outline = " ".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (drawn.at(*p) for p in r)) + "Z" for r in rings)
    return f'<path d="{outline}" fill="{fill}" stroke="{LINE}" stroke-width="1"/>'


def _name(drawn: Projection, rings: Sequence[Sequence[tuple[float, float]]], title: str, gap: int) -> str:
    x, y = drawn.at(*_centre(max(rings, key=len)))
    words = str(escape(title.replace(" and ", " & ")))
    size, bold = 'font-size="12"', 'font-size="14" font-weight="bold"'
    return _haloed(x, y, words, size) + _haloed(x, y + 15, f"{gap:,}", bold)


def _haloed(x: float, y: float, words: str, look: str) -> str:
    """Words with a light edge: drawn twice, because printers know no order of painting."""
    place = f'x="{x:.0f}" y="{y:.0f}" text-anchor="middle" {look} {FONT}'
    edge = f'stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" fill="{PAPER}" aria-hidden="true"'
    return f'<text {place} {edge}>{words}</text><text {place} fill="{INK}">{words}</text>'


def _centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of the area that a ring encloses."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * area), y / (3 * area)) if area else ring[0]


def _dot(x: float, y: float, kind: str) -> str:
    fill, outline, radius, _ = DOTS[kind]
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{outline}" stroke-width="1"/>'


def legend(entries: Sequence[tuple[str, str, str]], y: float) -> list[str]:
    """Squares of colour with their words, in a line."""
    parts, x = [], 0.0
    for fill, outline, words in entries:
        parts.append(
            f'<rect x="{x + 0.5:.1f}" y="{y - 10:.1f}" width="12" height="12" fill="{fill}" stroke="{outline}"/>'
        )
        parts.append(f'<text x="{x + 18:.1f}" y="{y:.1f}" font-size="12" fill="{MUTED}" {FONT}>{escape(words)}</text>')
        x += 34 + len(words) * 6.2
    return parts


def _dot_legend(kinds: Sequence[str], y: float) -> list[str]:
    parts, x = [], 6.0
    for kind in kinds:
        words = f"school, {DOTS[kind][3]}"
        parts.append(_dot(x, y - 4, kind))
        parts.append(f'<text x="{x + 11:.1f}" y="{y:.1f}" font-size="12" fill="{MUTED}" {FONT}>{escape(words)}</text>')
        x += 34 + len(words) * 6.2
    return parts


def bars(rows: Sequence[Bar], mark: str, labels: Mapping[str, str], title: str, name: str = "bars") -> Markup:
    """A row of stacked parts each, with a line where its mark stands. `labels`: the words of mark's parts by name."""
    if not rows:
        return Markup("")
    left, right, step = 176, 40, 26
    most = max(1, *(max(row.mark, sum(row.parts.values())) for row in rows))
    scale = (WIDTH - left - right) / most
    parts: list[str] = []
    for number, row in enumerate(rows):
        parts += _row(row, 8 + number * step, left, scale)
    foot = 8 + len(rows) * step + 18
    used = [part for part in FILLS if any(row.parts.get(part) for row in rows)]
    parts += legend([(FILLS[part][0], LINE, labels[part]) for part in used] + [("#a8281e", "#a8281e", mark)], foot)
    return picture(parts, foot + 8, title, name)


def _row(row: Bar, y: int, left: int, scale: float) -> list[str]:
    words = row.title if len(row.title) < 27 else row.title[:25] + "…"
    parts = [f'<text x="0" y="{y + 14}" font-size="13" fill="{INK}" {FONT}>{escape(words)}</text>']
    x = float(left)
    for part, (fill, ink) in FILLS.items():
        value = row.parts.get(part, 0)
        if not value:
            continue
        width = value * scale
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="18" fill="{fill}" stroke="{PAPER}"/>')
        if width > 8 * len(f"{value:,}") + 4:
            middle = x + width / 2
            parts.append(
                f'<text x="{middle:.1f}" y="{y + 13}" text-anchor="middle" font-size="11" fill="{ink}" {FONT}>'
                f"{value:,}</text>"
            )
        x += width
    at = left + row.mark * scale
    parts.append(f'<line x1="{at:.1f}" y1="{y - 3}" x2="{at:.1f}" y2="{y + 21}" stroke="#a8281e" stroke-width="2"/>')
    end = max(at, x) + 6
    parts.append(f'<text x="{end:.1f}" y="{y + 14}" font-size="12" fill="#8a1c1c" {FONT}>{row.mark:,}</text>')
    return parts


def steps(rows: Sequence[Step], title: str, name: str = "steps") -> Markup:
    """A line each from the day first planned (a ring) to the day it stands at (full where it has happened)."""
    if not rows:
        return Markup("")
    days = [day for row in rows for day in (row.planned, row.stands)]
    first, last = min(days), max(days)
    left, right, step = 190, 110, 26
    scale = (WIDTH - left - right) / max(1, (last - first).days)
    parts: list[str] = []
    for number, row in enumerate(rows):
        y = 18 + number * step
        planned, stands = (left + (day - first).days * scale for day in (row.planned, row.stands))
        late = "#a8281e" if row.stands > row.planned else "#2f6f5a"
        words = row.title if len(row.title) < 28 else row.title[:26] + "…"
        fill = late if row.done else PAPER
        parts += [
            f'<text x="0" y="{y + 4}" font-size="13" fill="{INK}" {FONT}>{escape(words)}</text>',
            f'<line x1="{planned:.1f}" y1="{y}" x2="{stands:.1f}" y2="{y}" stroke="{late}" stroke-width="3"/>',
            f'<circle cx="{planned:.1f}" cy="{y}" r="4" fill="{PAPER}" stroke="{MUTED}" stroke-width="2"/>',
            f'<circle cx="{stands:.1f}" cy="{y}" r="5" fill="{fill}" stroke="{late}" stroke-width="2"/>',
            f'<text x="{max(planned, stands) + 10:.1f}" y="{y + 4}" font-size="12" fill="{MUTED}" {FONT}>'
            f"{row.stands.day} {row.stands:%b %Y}</text>",
        ]
    return picture(parts, 18 + len(rows) * step, title, name)


def picture(parts: Iterable[str], height: float, title: str, name: str) -> Markup:
    """The frame: one image with its name."""
    named = f"{escape(name)}-title"
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="app-picture" role="img" aria-labelledby="{named}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}">'
        f'<title id="{named}">{escape(title)}</title>{"".join(parts)}</svg>'
    )  # nosec B704 - made of numbers and of escaped words
