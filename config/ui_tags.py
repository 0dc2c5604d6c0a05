"""Template tags that every page may use."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from config import passkeys
from config.typed import local_path, typed

register = template.Library()
# It opens as it is swapped in.
NEW = format_html(' class="{}"', "new")


def place(request: HttpRequest) -> dict[str, Any]:
    """Who runs this place, for every page, and what can be done in it."""
    return {
        "operator": settings.ONWARD_OPERATOR,
        "mail_leaves": bool(settings.EMAIL_URL),
        "takes_passkeys": lambda: passkeys.possible(request),
        "passkey_sign_up": lambda: bool(settings.EMAIL_URL) and passkeys.possible(request),
        "takes_people": lambda: settings.ONWARD_SIGNUP == "open" and not import_string("accounts.closings.stands")(),
        "by_invitation": settings.ONWARD_SIGNUP == "invite",
        "from_age": settings.ONWARD_MINIMUM_AGE,
        "tells_more": bool(settings.ONWARD_TEXTS or settings.ONWARD_MINIMUM_AGE),
        "site": settings.ONWARD_URL,
    }


@register.simple_tag(takes_context=True)
def along(context: template.Context) -> dict[str, Any]:
    """Words that arrived after a session ended, on their way through a door of more than one page: what was typed, and
    where it goes. Empty where none did."""
    post = context["request"].POST
    words = typed(post, "again.")
    return {"typed": words, "again": local_path(post.get("again", ""))} if words.words else {}


@register.simple_tag
@cache
def icon(name: str, turn: bool = False) -> SafeString:
    """One of the Lucide icons; `turn` mirrors it where the script runs from right to left."""
    kind = "icon icon--turn" if turn else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, static("img/icons.svg"), name
    )


@register.simple_tag
@cache
def art(name: str, css: str = "sign", of: str = "art") -> SafeString:
    """A drawn sign (kind-win, stone-a-done, mark …); `of`: the file that holds it."""
    page = static(f"img/{of}.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, page, name)


@register.simple_tag
@cache
def branch(blossoms: int, fresh: int = 0, of: str = "branch") -> SafeString:
    """The branch of a week, with as many blossoms as things were named, three at most; `fresh` opens now."""
    page = static(f"img/{of}.svg")
    each = [format_html('<use href="{}#bloom-{}"{}/>', page, at, NEW if at == fresh else "") for at in range(1, 4)]
    opened = format_html_join("", "{}", ((bloom,) for bloom in each[:blossoms]))
    return format_html(
        '<svg class="branch" viewBox="0 0 352 128" aria-hidden="true"><use href="{}#branch"/>{}</svg>', page, opened
    )


@register.simple_tag(takes_context=True)
def in_session(context: template.Context, name: str) -> Any:
    """What this visit holds by that name, or "". Looked up as a variable, what is not there costs an exception."""
    session: Any = getattr(context.get("request"), "session", {})
    return session.get(name, "")


@register.simple_tag
def still(name: str, box: str = "0 0 240 176", css: str = "") -> SafeString:
    """A picture for an empty or a quiet page (book, pen, cup, path, vase, candle, reached)."""
    page = static("img/still.svg")
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, box, page, name
    )
