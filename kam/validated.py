"""Changing a frozen noun with validation, and validation errors in words."""

from typing import Annotated, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from kam.errors import Refused
from kam.model import MAX_CRITERIA, Noun, Workshop

N = TypeVar("N", bound=Noun)

_ADAPTERS: dict[tuple[type[Noun], str], TypeAdapter[Any]] = {}


def changed(noun: N, **updates: Any) -> N:  # noqa: ANN401 - the fields' own types are checked below
    """`noun` with some fields replaced and validated; the rest is shared, not copied.

    `model_copy(update=...)` does not validate, and validating a whole workshop anew would copy
    every score at every edit.

    Raises:
        Refused: a new value does not fit its field; the message names field and value.
    """
    kind = type(noun)
    checked = {name: _checked(kind, name, new) for name, new in updates.items()}
    copy = noun.model_copy(update=checked)
    if isinstance(copy, Workshop):
        return copy
    try:
        return kind.model_validate(dict(copy))
    except ValidationError as error:
        raise Refused(complaint(error)) from error


def _checked(kind: type[Noun], name: str, value: object) -> Any:  # noqa: ANN401 - any field's type
    """`value` as the field `name` of `kind` takes it."""
    if (kind, name) not in _ADAPTERS:
        field = kind.model_fields[name]
        annotated: Any = Annotated[field.annotation, field]
        _ADAPTERS[kind, name] = TypeAdapter(annotated)
    try:
        return _ADAPTERS[kind, name].validate_python(value)
    except ValidationError as error:
        raise Refused(complaint(error, within=name)) from error


def complaint(error: ValidationError, within: str = "") -> str:
    """The first complaint of a validation error as a sentence: place, what was found, repair.

    Args:
        error: what pydantic raised.
        within: the field that was validated alone, named first in the place.
    """
    first = error.errors(include_url=False)[0]
    place = " › ".join(str(part) for part in (within, *first["loc"]) if part != "")
    if first["type"] == "value_error":
        text = str(first["ctx"]["error"])
        return text[:1].upper() + text[1:] + "."
    if first["type"] == "too_long" and place.endswith("criteria"):
        return NINTH_CRITERION
    if first["type"] == "extra_forbidden":
        return f"We do not know the field “{place}”. Remove it and try again."
    found = str(first["input"])
    found = found if len(found) <= 60 else found[:57] + "…"
    return (
        f"{place or 'The value'}: {first['msg'][:1].lower()}{first['msg'][1:]}; we found “{found}”."
    )


NINTH_CRITERION = (
    f"A workshop has at most {MAX_CRITERIA} criteria: more rarely change the result, but every one "
    "dilutes the others. Remove or merge one first."
)
