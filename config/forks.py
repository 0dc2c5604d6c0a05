"""What is loaded once and held together by all the processes that are forked from here (docs/decisions/0006)."""

import ctypes
import gc
import sys
from contextlib import suppress
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.template import engines
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

# glibc gives threads up to eight heaps a core, and each keeps what was once freed in it: two are enough for those who
# answer at one time, and ask for memory in turns (mallopt(3)).
M_ARENA_MAX, ARENAS = -8, 2
# A page makes more than a thousand lists and dicts and lets go of nearly all of them: looked through at each seven
# hundred, as Python would, they cost a tenth of its time.
NEW_ONES = 5_000


def ready(*modules: str) -> None:
    """Every view, and what is named besides. No connection stays open: it must not be shared by two processes."""
    for name in modules:
        import_module(name)
    _find_out()
    _leave_the_database()
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library that has none
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
    gc.collect()
    gc.freeze()  # who looks for garbage would write into each page, and so copy it
    gc.set_threshold(NEW_ONES)


def _find_out() -> None:
    """What each process would find out by itself with its first page: addresses, relations, templates, words."""
    get_resolver().reverse_dict  # noqa: B018  (imports every view)
    for model in apps.get_models():
        model._meta.get_fields()
        model._meta.fields_map  # noqa: B018
    import_string("allauth.account.adapter.get_adapter")()
    for name in (settings.MESSAGE_STORAGE, *settings.AUTHENTICATION_BACKENDS):
        import_string(name)
    engines.all()
    for name in ("journal/today/index.html", "account/login.html"):
        get_template(name)
    with override("en"):
        gettext("Today")


def _leave_the_database() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
