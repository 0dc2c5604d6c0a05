from journal.models.acceptance import Acceptance
from journal.models.answer import Answer
from journal.models.beginning import Beginning
from journal.models.entry import Entry
from journal.models.lesson import Lesson
from journal.models.matter import Matter
from journal.models.milestone import GoodEnough, Milestone
from journal.models.removal import Removal
from journal.models.revision import Revision
from journal.models.step import Completion, Step
from journal.models.theme import Theme
from journal.models.treat import Treat
from journal.models.unproven import Unproven
from journal.models.week import Week

__all__ = [
    "Acceptance",
    "Answer",
    "Beginning",
    "Completion",
    "Entry",
    "GoodEnough",
    "Lesson",
    "Matter",
    "Milestone",
    "Removal",
    "Revision",
    "Step",
    "Theme",
    "Treat",
    "Unproven",
    "Week",
]
