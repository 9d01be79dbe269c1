"""What a filled letter is made of: pieces of lines, lists and tables, ready for print, all of it plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line. `fact`: from the record, and not to be edited."""

    text: str
    fact: bool = False
    bold: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list. In a value of a field each item is one piece that is a fact."""

    lines: tuple[Line, ...]
    numbered: bool = False
    shape: str = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with column heads; `widths` in per cent, 0 for what is left. A cell is its paragraphs."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    shape: str = "table"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    line: Line
    own: bool = False
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of a part."""

    line: Line
    shape: str = "title"


Shape = Items | Table | Text | Title


def items(texts: tuple[str, ...], numbered: bool = False) -> tuple[Shape, ...]:
    """A list of facts; nothing where there is none."""
    return (Items(tuple((Piece(text, fact=True),) for text in texts), numbered),) if texts else ()


def plain(shape: Shape) -> str:
    """The words of a shape, as the guard and a screen reader get them."""
    if isinstance(shape, Table):
        return " ".join(" ".join(cell) for row in shape.rows for cell in row)
    if isinstance(shape, Items):
        return " ".join("".join(piece.text for piece in line) for line in shape.lines)
    return "".join(piece.text for piece in shape.line)
