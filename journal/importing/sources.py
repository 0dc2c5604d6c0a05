"""Which journals can be brought along, and who reads them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from config.uploads import MOST, PIECE
from journal.importing import onward, text
from journal.importing.found import Reader

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
    "text": Source(_("Plain text"), text.read, _("a text file with a day above each entry"), (".txt", ".md")),
}
