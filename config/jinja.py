"""The second engine: what stands on a page thirty times is compiled (docs/decisions/0016). It has the same signs,
addresses, dates and words as the first; its file names end in .jinja; a name that nobody gave is an error.

Its parts are macros, called with what they show. There is one environment for each language, so that a word is looked
up in the catalogue once and not for each of thirty. No text of a person's is ever held.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django import template
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup
from markupsafe import escape as markup_of

from config import ui_tags

register = template.Library()
NOBODY = UUID(int=0)


class Plainly(CodeGenerator):
    """Three things are written more plainly than Jinja does: a call is a call, since nothing of ours asks for the
    template's context; what hangs on the language alone (`_("Change")`, a sign, an address without an id) is printed
    when the template is compiled; and what is printed is only that (`Compiled.printed`).
    """

    FIXED = ("_", "address", "art", "icon", "static")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.visit(named, frame)
            self.write(", ")
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in self.FIXED:
            given = [argument.as_const(frame.eval_ctx) for argument in node.args]
            say: Any = self.environment.globals[node.node.name]
            node = nodes.Const(say(*given), environment=self.environment)
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.printed(")


class Compiled(Environment):
    code_generator_class = Plainly

    @staticmethod
    def printed(value: object) -> str:
        """Escaped as by the first engine. It is joined to the page at once, so that no Markup is made of it."""
        if type(value) is Markup:
            return value
        return escape(value) if type(value) is str else markup_of(value)


def environment(**options: Any) -> Environment:
    """What Django makes of the settings; `macro` lays a language over it."""
    made = Compiled(trim_blocks=True, lstrip_blocks=True, **options | {"undefined": StrictUndefined})
    made.globals |= {
        "address": address,
        "art": ui_tags.art,
        "branch": ui_tags.branch,
        "icon": ui_tags.icon,
        "static": static,
    }
    return made


def macro(path: str, name: str) -> Callable[..., str]:
    """A part of a page in the language of this request."""
    made: Callable[..., str] = _macros(path, get_language())[name]
    return made


@register.simple_tag
def compiled(path: str, *shown: object) -> str:
    """For templates of the first engine: the macro that is called as its file is."""
    return macro(path, path.rpartition("/")[2].removesuffix(".jinja"))(*shown)


def address(name: str, id: object = "") -> str:
    """As `url`, without an id or with one: the rest of it is asked for once, and not for each of thirty."""
    before, after = _around(name, bool(id))
    return f"{before}{id}{after}"


@cache
def _around(name: str, of_one: bool) -> tuple[str, str]:
    before, _nobody, after = reverse(name, args=[NOBODY] if of_one else []).partition(str(NOBODY))
    return before, after


@cache
def _macros(path: str, language: str | None) -> dict[str, Any]:
    return dict(vars(_speaking(language).get_template(path).module))


@cache
def _speaking(language: str | None) -> Environment:
    """It remembers words and days as they are called in that language, which whoever calls its macros speaks."""
    engine: Any = engines["jinja2"]
    made: Environment = engine.env.overlay()
    said, told = lru_cache(maxsize=1000)(gettext), lru_cache(maxsize=1000)(date_format)

    def dated(day: date, style: str) -> str:
        """As the first engine's `date`: a moment by the person's clock, and so never remembered."""
        return date_format(localtime(day), style) if isinstance(day, datetime) else told(day, style)

    made.globals = engine.env.globals | {"_": said}
    made.filters = engine.env.filters | {"date": dated}
    return made
