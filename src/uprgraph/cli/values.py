"""What a shell offers as the value of a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uprgraph.catalog.parameters import Parameter
from uprgraph.cli import target

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def completed(parameter: Parameter, ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes that start with what was typed or, if none does, those of what has a label that does.

    Values are codes and the ends of IRIs, as they have no spaces; labels are their help. An endpoint is never asked,
    and without a beginning only what is of one kind is offered.
    """
    from click.shell_completion import CompletionItem

    from uprgraph.catalog.names import labels, search_key

    wanted = search_key(incomplete)
    of_one_kind = parameter.scheme_iri or parameter.class_iri
    if parameter.kind not in {"concept", "state", "thing"} or ctx.params.get("endpoint") or not (wanted or of_one_kind):
        return []
    names = target.open_target(ctx.params.get("store"), None).resolver.names(parameter)
    shown = labels(names)
    beginning = [name for name in names if search_key(name.text).startswith(wanted)]
    keys = {name.thing: name.text for name in names if name.kind == "key"}
    found = {name.thing: name.text for kind in ("code", "key") for name in beginning if name.kind == kind}
    found = found or {name.thing: keys[name.thing] for name in beginning if name.thing in keys}
    helps = {found[thing]: shown[thing] for thing in sorted(found)}
    return [CompletionItem(value, help=text) for value, text in helps.items()]
