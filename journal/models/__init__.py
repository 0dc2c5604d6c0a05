from journal.models.acceptance import Acceptance
from journal.models.answer import Answer
from journal.models.aside import Aside
from journal.models.chapter import Chapter
from journal.models.detour import Detour
from journal.models.entry import Entry
from journal.models.good_enough import GoodEnough
from journal.models.lesson import Lesson
from journal.models.milestone import Milestone
from journal.models.pin import Pin
from journal.models.removal import Removal
from journal.models.revision import Revision
from journal.models.sheet import LongerLook, Standard
from journal.models.step import Completion, Step
from journal.models.theme import Theme
from journal.models.unproven import Unproven
from journal.models.week import Week

__all__ = [
    "Acceptance",
    "Answer",
    "Aside",
    "Chapter",
    "Completion",
    "Detour",
    "Entry",
    "GoodEnough",
    "Lesson",
    "LongerLook",
    "Milestone",
    "Pin",
    "Removal",
    "Revision",
    "Standard",
    "Step",
    "Theme",
    "Unproven",
    "Week",
]
