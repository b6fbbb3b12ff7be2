"""The owner's page templates -> those that cannot be compiled, or that nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import statusbook
from statusbook.problems import Location, Problem, did_you_mean
from statusbook.read.templates import ENDING, OWN_TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

TEMPLATES: Final = Path(statusbook.__file__).parent / "render/status/templates"
"""Our templates, of which an owner's take the place."""

OURS: Final = "statusbook/"
"""What stands before the names of our templates, where an owner's of that name would be meant."""

_TAG: Final = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_BLOCK: Final = re.compile(r"\{%-?\s*block\s+(\w+)")
_PARENT: Final = re.compile(r'\{%-?\s*extends\s+"([^"]+)"')


def check_templates(own: Mapping[str, str]) -> list[Problem]:
    """Return everything that is wrong with the owner's templates before they are filled in.

    Args:
        own: Their texts by name; those that cannot be read are missing.
    """
    if not own:
        return []
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # work nothing out: that could take for ever
    )
    problems: list[Problem] = []
    trees: dict[str, nodes.Template] = {}
    for name, text in own.items():
        tree = _compiled(environment, name, text, problems)
        if tree is not None:
            trees[name] = tree
    for name, tree in trees.items():
        problems += _unknown_templates(name, tree, own)
        problems += _unknown_names(environment, name, tree)
        problems += _unknown_blocks(name, tree, trees)
        problems += _circles(name, trees)
    if len(trees) == len(own):
        problems += _used_by_nothing(trees)
    return problems


def _compiled(
    environment: Environment, name: str, text: str, problems: list[Problem]
) -> nodes.Template | None:
    """Compile a template, which finds more than parsing it: unknown filters too."""
    from jinja2 import TemplateSyntaxError

    try:
        environment.compile(text, name, raw=True)
        return environment.parse(text, name)
    except TemplateSyntaxError as error:
        message = f"not a template of Jinja: {error.message}"
        hint = "see jinja.palletsprojects.com/templates for how it is written"
        problems.append(_problem(name, error.lineno, "E430", message, hint))
    except RecursionError:
        message = "not a template of Jinja: it is nested too deeply"
        problems.append(_problem(name, 1, "E430", message, "cut it into several files"))
    return None


def _unknown_templates(
    name: str, tree: nodes.Template, own: Mapping[str, str]
) -> Iterator[Problem]:
    """A template names only those that are there."""
    known = [*own, *_ours(), *(OURS + our for our in _ours())]
    for line, other in _named(tree):
        if other not in known:
            message = f'there is no template "{other}"'
            hint = f"put it into {OWN_TEMPLATES}/, and end its name with {ENDING}"
            yield _problem(name, line, "E433", message, _nearest(other, known) or hint)


def _named(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the templates that one names, where it is no matter of taste whether they exist."""
    from jinja2 import nodes

    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        template: nodes.Expr = node.template  # type: ignore[attr-defined]
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            if not getattr(node, "ignore_missing", False):
                yield node.lineno, template.value
        elif isinstance(template, nodes.List | nodes.Tuple):
            continue  # the first that exists is taken


def _unknown_names(environment: Environment, name: str, tree: nodes.Template) -> Iterator[Problem]:
    """A template uses names that it is given; it may ask whether there are others."""
    from jinja2 import meta, nodes

    asked = {
        test.node.name
        for test in tree.find_all((nodes.Test, nodes.Filter))
        if test.name in ("defined", "undefined", "default", "d")
        and isinstance(test.node, nodes.Name)
    }
    unknown = meta.find_undeclared_variables(tree) - _names() - asked - {*environment.globals}
    for one in sorted(unknown):
        uses = (node.lineno for node in tree.find_all(nodes.Name) if node.name == one)
        hint = "see docs/overrides.md for what each template is given"
        yield _problem(name, min(uses, default=1), "E434", f'no template is given "{one}"', hint)


def _unknown_blocks(
    name: str, tree: nodes.Template, trees: Mapping[str, nodes.Template]
) -> Iterator[Problem]:
    """Blocks of a template that extends another are blocks of that one."""
    from jinja2 import nodes

    known = _blocks_above(tree, trees)
    if known is None:
        return
    for block in tree.find_all(nodes.Block):
        inside = any(
            block in other.find_all(nodes.Block) and block is not other
            for other in tree.find_all(nodes.Block)
        )
        if block.name not in known and not inside:
            message = f'the template above has no block "{block.name}": nobody sees this'
            yield _problem(name, block.lineno, "E431", message, did_you_mean(block.name, known))


def _blocks_above(tree: nodes.Template, trees: Mapping[str, nodes.Template]) -> list[str] | None:
    """List the blocks of what a template extends; None where it extends nothing that is known."""
    from jinja2 import nodes

    blocks: list[str] = []
    seen: set[str] = set()
    parent = _parent(tree)
    if parent is None:
        return None
    while parent and parent not in seen:
        seen.add(parent)
        if parent in trees:
            blocks += [block.name for block in trees[parent].find_all(nodes.Block)]
            parent = _parent(trees[parent])
            continue
        text = _ours().get(parent.removeprefix(OURS))
        if text is None:
            return None
        blocks += _BLOCK.findall(text)
        found = _PARENT.search(text)
        parent = found[1] if found else None
    return list(dict.fromkeys(blocks))


def _parent(tree: nodes.Template) -> str | None:
    from jinja2 import nodes

    above = tree.find(nodes.Extends)
    if above is None or not isinstance(above.template, nodes.Const):
        return None
    return str(above.template.value)


def _circles(name: str, trees: Mapping[str, nodes.Template]) -> Iterator[Problem]:
    """No template extends itself."""
    from jinja2 import nodes

    above = trees[name].find(nodes.Extends)
    seen: set[str] = set()
    parent = _parent(trees[name])
    while parent and parent not in seen:
        seen.add(parent)
        if parent == name:
            message = "the template extends itself"
            hint = f'write "{OURS}{name}" to reach ours of this name'
            yield _problem(name, above.lineno if above else 1, "E433", message, hint)
            return
        if parent in trees:
            parent = _parent(trees[parent])
        else:
            found = _PARENT.search(_ours().get(parent.removeprefix(OURS), ""))
            parent = found[1] if found else None


def _used_by_nothing(trees: Mapping[str, nodes.Template]) -> Iterator[Problem]:
    """A template has the name of one of ours, or another one names it."""
    from jinja2 import nodes

    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    chosen = {
        text.value
        for tree in trees.values()
        for node in tree.find_all(kinds)
        for text in node.find_all(nodes.Const)
    }
    asks = any(
        not isinstance(node.template, nodes.Const)  # type: ignore[attr-defined]
        for tree in trees.values()
        for node in tree.find_all(kinds)
    )
    for name in trees:
        if name not in _ours() and name not in chosen and not asks:
            message = "no page is made from a template of this name"
            hint = _nearest(name, _ours()) or "name it as one of ours, or include it in another"
            yield _problem(name, 1, "E432", message, hint)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f'did you mean "{near[0]}"?' if near else ""


def _problem(name: str, line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(Location(f"{OWN_TEMPLATES}/{name}", line), code, message, hint)


@cache
def _ours() -> dict[str, str]:
    """Return our templates, as texts by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.j2"))}


@cache
def _names() -> frozenset[str]:
    """Return every word that stands in a tag of ours: what pages are given is among them."""
    tags = "\n".join(tag for text in _ours().values() for tag in _TAG.findall(text))
    return frozenset(_WORD.findall(tags))
