"""The page templates, ours and the owner's -> templates, compiled when first asked for."""

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
    """The page templates; the owner's take the place of ours of the same name.

    An owner's template reaches ours as `statusbook/<name>`. Where there is one, all run in a
    sandbox; ours alone need none, and are quicker.
    """

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Keep the owner's templates, as texts by name; nothing is compiled yet."""
        self._own = own or {}
        self._loaded: dict[str, Template] = {}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Fill in a template; it is compiled when first asked for.

        Raises:
            SourceError: an owner's template cannot be filled in.
        """
        if self._own:
            return self._render_safely(name, context)
        return self._template(name).render(context)

    def _render_safely(self, name: str, context: Mapping[str, Any]) -> str:
        from statusbook.render.status.sandbox import FAULTS, source_error

        try:
            return self._template(name).render(context)
        except FAULTS as error:
            if found := source_error(error):
                raise found from error
            raise

    def _template(self, name: str) -> Template:
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = self._environment.get_template(name)
        return template

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

        from statusbook.render.status.sandbox import SETTINGS, sandbox

        ours = FileSystemLoader(TEMPLATES)
        loader = ChoiceLoader([ours, PrefixLoader({"statusbook": ours})])
        if self._own:
            return sandbox(self._own, loader, _compiled_before("sandboxed"))
        compiled = _compiled_before("jinja2")
        return Environment(loader=loader, bytecode_cache=compiled, autoescape=True, **SETTINGS)


def _compiled_before(kind: str) -> BytecodeCache | None:
    """Keep compiled templates beside ours, where Python keeps compiled modules.

    Compiling all of them takes longer than rendering a page; who can write there can change our
    modules too, so what lies there is trusted as those are. None where the folder is not ours to
    write, as in an installation for all users. What is compiled for the sandbox is another `kind`.
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
            return Beside(os.fspath(folder), f"__{kind}_%s.cache")
    return None
