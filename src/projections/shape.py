"""The shape of a state in words: what it is made of, down to plain values."""

import dataclasses
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel


def shape_of(state_type: type) -> str:
    """Every class with fields that a state holds, with their types, in the order of the classes' names."""
    found: dict[str, str] = {}
    _collect(state_type, found)
    return "; ".join(f"{name}({fields})" for name, fields in sorted(found.items()))


def _collect(kind: object, found: dict[str, str]) -> None:
    for argument in get_args(kind):
        _collect(argument, found)
    if not isinstance(kind, type) or kind.__qualname__ in found:
        return
    names = _fields(kind)
    if not names:
        return
    hints = get_type_hints(kind)
    found[kind.__qualname__] = ", ".join(f"{name}: {_named(hints[name])}" for name in names)
    for name in names:
        _collect(hints[name], found)


def _fields(kind: type) -> list[str]:
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind)]
    return list(kind.model_fields) if issubclass(kind, BaseModel) else []


def _named(kind: object) -> str:
    """Without the names of modules: a class that moves is the same class."""
    if get_origin(kind) in (Union, UnionType):
        return " | ".join(_named(each) for each in get_args(kind))
    name = "None" if kind is NoneType else getattr(kind, "__name__", None) or str(kind)
    arguments = ", ".join(_named(each) for each in get_args(kind))
    return f"{name}[{arguments}]" if arguments else name
