"""Decorators that publish a docstring as the description in the schema.

One text serves the reader of the code and the reader of the API.
"""

from collections.abc import Awaitable, Callable
from enum import EnumMeta
from functools import wraps
from inspect import cleandoc
from typing import Any, TypeVar, dataclass_transform

import strawberry

from backend.schema.context import Info

T = TypeVar("T", bound=type)
E = TypeVar("E", bound=EnumMeta)


def _text(thing: Any) -> str:  # noqa: ANN401 - classes and functions alike
    """Return the docstring as Markdown, without the indentation of the source."""
    return cleandoc(thing.__doc__ or "").replace("``", "`")


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def object_type(cls: T) -> T:
    """Make a GraphQL object type of a class."""
    return strawberry.type(cls, description=_text(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def interface(cls: T) -> T:
    """Make a GraphQL interface of a class."""
    return strawberry.interface(cls, description=_text(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def input_type(cls: T) -> T:
    """Make a GraphQL input type of a class."""
    return strawberry.input(cls, description=_text(cls))


def enum(cls: E) -> E:
    """Make a GraphQL enum of a class whose values come from ``strawberry.enum_value``."""
    return strawberry.enum(cls, description=_text(cls))


def resolver(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - becomes a field of the class
    """Make a field of a method."""
    return strawberry.field(function, description=_text(function))


def mutation(function: Callable[..., Awaitable[Any]]) -> Any:  # noqa: ANN401 - becomes a field of the class
    """Make a mutation of a method; each call counts towards its own rate, aliases too."""

    @wraps(function)
    async def counted(root: object, info: Info, **arguments: object) -> object:
        await info.context.admit_mutation(info.field_name)
        return await function(root, info, **arguments)

    return strawberry.mutation(counted, description=_text(function))


def subscription(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - becomes a field of the class
    """Make a subscription of an asynchronous generator."""
    return strawberry.subscription(function, description=_text(function))
