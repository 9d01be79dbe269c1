"""Plain bars, drawn as the pictures of `charts` are: one length each, or parts side by side."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from eoi.outbound.charts import FILLS, FONT, INK, LINE, MUTED, WIDTH, legend, picture


def lengths(rows: Sequence[tuple[str, float, str]], title: str, name: str) -> Markup:
    """A bar each: its name, its value, and the words at its end."""
    if not rows:
        return Markup("")
    left, right, step = 250, 120, 27
    scale = (WIDTH - left - right) / max(1.0, *(value for _, value, _ in rows))
    parts: list[str] = []
    for number, (words, value, figure) in enumerate(rows):
        y, end = 6 + number * step, left + max(value * scale, 1.0)
        parts.append(f'<text x="0" y="{y + 13}" font-size="13" fill="{INK}" {FONT}>{escape(words)}</text>')
        parts.append(f'<rect x="{left}" y="{y}" width="{end - left:.1f}" height="17" fill="{FILLS["opening"][0]}"/>')
        parts.append(
            f'<text x="{end + 8:.1f}" y="{y + 13}" font-size="12" fill="{MUTED}" {FONT}>{escape(figure)}</text>'
        )
    return picture(parts, 6 + len(rows) * step, title, name)


def stacks(rows: Sequence[tuple[str, Mapping[str, int]]], series: Sequence[str], title: str, name: str) -> Markup:
    """A bar each of parts side by side, by the names in `series`; the whole is told at its end."""
    if not rows:
        return Markup("")
    left, right, step = 176, 60, 27
    scale = (WIDTH - left - right) / max(1, *(sum(parts.values()) for _, parts in rows))
    looks = dict(zip(series, [*FILLS.values()] * len(series), strict=False))
    parts: list[str] = []
    for number, (words, values) in enumerate(rows):
        y, x = 6 + number * step, float(left)
        parts.append(f'<text x="0" y="{y + 13}" font-size="13" fill="{INK}" {FONT}>{escape(words)}</text>')
        for one in series:
            width = values.get(one, 0) * scale
            if width:
                parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="17" fill="{looks[one][0]}"/>')
            x += width
        total = sum(values.values())
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 13}" font-size="12" fill="{MUTED}" {FONT}>{total:,}</text>')
    foot = 6 + len(rows) * step + 18
    parts += legend([(looks[one][0], LINE, one) for one in series], foot)
    return picture(parts, foot + 8, title, name)
