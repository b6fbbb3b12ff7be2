"""The owner's templates -> an environment in which they reach nothing but what they are given."""

from __future__ import annotations

from collections.abc import Mapping
from types import CodeType, TracebackType
from typing import Any, Final

from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from statusbook.problems import Location, Problem, SourceError

FOLDER: Final = "overrides/status/"
"""Where the owner's templates lie below the book's root."""

FAULTS: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise while it is filled in."""

_MOST: Final = 100_000
"""As long as a text or a list may become by `*`, and as large as a power's parts."""


SETTINGS: Final[dict[str, Any]] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
}
"""How every page is filled in, with templates of the owner's or without."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without ways out of a template, and without the shortest ways to fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(
        self,
        context: Any,  # noqa: ANN401
        operator: str,
        left: Any,  # noqa: ANN401
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Multiply, as far as the result stays small."""
        if _size(left, operator) * _size(right, operator) > _MOST:
            message = f"the result of {operator} is too large"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)


def sandbox(
    own: Mapping[str, str], ours: BaseLoader, compiled: BytecodeCache | None = None
) -> Sandbox:
    """Return an environment in which the owner's templates stand before ours.

    Args:
        own: The owner's templates, as texts by name.
        ours: The loader of our templates.
        compiled: Where compiled templates are kept.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        text = own.get(name)
        return None if text is None else (text, FOLDER + name, None)

    return Sandbox(
        loader=ChoiceLoader([FunctionLoader(load), ours]),
        bytecode_cache=compiled,
        autoescape=True,
        **SETTINGS,
    )


def source_error(error: BaseException) -> SourceError | None:
    """Say where in the owner's templates an error came up; None where it did in none of them."""
    place = None
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        code: CodeType = trace.tb_frame.f_code
        if code.co_filename.startswith(FOLDER):
            place = Location(code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    if place is None:
        return None
    said = str(error) or "not enough memory"
    if isinstance(error, RecursionError):
        said = "it calls itself without an end"
    hint = "see docs/overrides.md for what each template is given"
    return SourceError([Problem(place, "E434", f"this cannot be filled in: {said}", hint)])


def _size(value: object, sign: str) -> int:
    """Say how much a value adds to the size of a product."""
    if isinstance(value, str | bytes | list | tuple):
        return len(value)
    if isinstance(value, int):
        return abs(value) if sign == "**" else min(abs(value), _MOST + 1)
    return 1
