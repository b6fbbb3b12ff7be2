"""The files of the page templates -> templates, compiled when first asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template

TEMPLATES: Final = Path(__file__).parent / "templates"


class Templates:
    """The page templates; those in the owner's folder take the place of ours of the same name.

    An owner's template reaches ours as `statusbook/<name>`.
    """

    def __init__(self, overrides: Path | None = None) -> None:
        """Keep where to look; nothing is read yet."""
        self._overrides = overrides
        self._loaded: dict[str, Template] = {}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Fill in a template; it is compiled when first asked for."""
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = self._environment.get_template(name)
        return template.render(context)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import (
            ChoiceLoader,
            Environment,
            FileSystemLoader,
            PrefixLoader,
            StrictUndefined,
        )

        ours = FileSystemLoader(TEMPLATES)
        folders = [TEMPLATES] if self._overrides is None else [self._overrides, TEMPLATES]
        return Environment(
            loader=ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"statusbook": ours})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_compiled_before(),
        )


def _compiled_before() -> BytecodeCache | None:
    """Keep compiled templates beside ours, where Python keeps compiled modules.

    Compiling all of them takes longer than rendering a page; who can write there can change our
    modules too, so what lies there is trusted as those are. None where the folder is not ours to
    write, as in an installation for all users.
    """
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Beside(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):  # a full disk: compile again the next time
                super().dump_bytecode(bucket)

    folder = TEMPLATES / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if os.access(folder, os.W_OK):
            return Beside(os.fspath(folder))
    return None
