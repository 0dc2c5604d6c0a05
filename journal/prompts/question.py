from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Question:
    """One question to a page. `name` stands in its address; `before` and `after` are the names of its neighbours.

    `mended`: how far the crack is gilded by now (static/css/components/marks.css).
    """

    name: str
    fields: tuple[str, ...]
    mended: int
    title: "StrOrPromise"
    where: "StrOrPromise"
    ask: "StrOrPromise"
    closing: "StrOrPromise"
    hint: "StrOrPromise" = ""
    before: str = ""
    after: str = ""
    # How a link to it is called, where that is not its title.
    link: "StrOrPromise" = ""
    # The template of what it asks, where that is not its own (templates/journal/lessons/).
    page: str = ""
    starters: "tuple[StrOrPromise, ...]" = field(default=())
