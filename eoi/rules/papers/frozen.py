"""A paper as JSON and back: what an issued letter keeps beside its bytes, readable without this code."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Paper = TypeVar("Paper")
NAME = "is"  # beside the fields of each part: which kind of part it is


def freeze(value: Any) -> Any:
    """Frozen dataclasses as dicts that name themselves, dates in ISO 8601, tuples as lists: plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {NAME: type(value).__name__, **{f.name: freeze(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple | list):
        return [freeze(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def thaw(kind: type[Paper], frozen: Any) -> Paper:
    """The paper again, equal to the one that was frozen. Raises KeyError or ValueError where it is not one."""
    paper: Paper = _thaw(kind, frozen)
    return paper


def _thaw(kind: Any, frozen: Any) -> Any:
    if frozen is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        return _thaw(_member(get_args(kind), frozen), frozen)
    if get_origin(kind) is tuple:
        return tuple(_thaw(get_args(kind)[0], one) for one in frozen)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: _thaw(hints[f.name], frozen[f.name]) for f in fields(kind) if f.name in frozen})
    if kind in (date, datetime):
        return kind.fromisoformat(frozen)
    return kind(frozen) if issubclass(kind, StrEnum) else frozen


def _member(kinds: tuple[Any, ...], frozen: Any) -> Any:
    """Which of these types the value is: the one it names, or the only one that is not None."""
    named = {kind.__name__: kind for kind in kinds if kind is not type(None)}
    if isinstance(frozen, dict) and len(named) > 1:
        return named[frozen[NAME]]
    return next(iter(named.values()))
