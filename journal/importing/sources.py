"""Which journals can be brought along, and who reads them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from config.uploads import MOST, PIECE
from journal.importing import onward
from journal.importing.found import Reader
from journal.importing.readers import (
    beaver,
    dabble_me,
    day_one,
    daylio,
    daylio_backup,
    journey,
    journiv,
    jrnl,
    loop,
    markdown,
    plain_text,
    presently,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Source:
    name: "StrOrPromise"
    reader: Reader
    # What the file is, in a few words.
    hint: "StrOrPromise"
    endings: tuple[str, ...]
    most: int = 20 * PIECE


SOURCES: dict[str, Source] = {
    "onward": Source(_("Onward"), onward.read, _("the JSON file called “Everything”"), (".json",), MOST),
    "day_one": Source(_("Day One"), day_one.read, _("its JSON export, a ZIP"), (".zip", ".json")),
    "daylio": Source(_("Daylio"), daylio.read, _("its CSV export"), (".csv",)),
    "daylio_backup": Source(_("Daylio, backup"), daylio_backup.read, _("a file ending in .daylio"), (".daylio",)),
    "journey": Source(_("Journey"), journey.read, _("its ZIP export"), (".zip",)),
    "jrnl": Source(_("jrnl"), jrnl.read, _("its JSON or text"), (".json", ".txt")),
    "presently": Source(_("Presently"), presently.read, _("its CSV export"), (".csv",)),
    "dabble_me": Source(_("Dabble Me"), dabble_me.read, _("its JSON or text"), (".json", ".txt")),
    "journiv": Source(_("Journiv"), journiv.read, _("its ZIP export"), (".zip",)),
    "loop": Source(_("Loop Habit Tracker"), loop.read, _("its CSV export, a ZIP; habits become measures"), (".zip",)),
    "beaver": Source(_("Beaver Habits"), beaver.read, _("its JSON export; habits become measures"), (".json",)),
    "markdown": Source(_("Markdown"), markdown.read, _("a file, or a folder as a ZIP"), (".zip", ".md")),
    "text": Source(_("Plain text"), plain_text.read, _("a text file with a day above each entry"), (".txt", ".zip")),
}
