from journal.models.acceptance import Acceptance
from journal.models.answer import Answer
from journal.models.decision import Decision
from journal.models.doubt import Doubt
from journal.models.entry import Entry
from journal.models.laid import Brought, Evidence
from journal.models.lesson import Lesson
from journal.models.meeting import Meeting
from journal.models.milestone import GoodEnough, Milestone
from journal.models.pin import Pin
from journal.models.removal import Removal
from journal.models.revision import Revision
from journal.models.revisit import Revisit
from journal.models.step import Completion, Step
from journal.models.theme import Theme
from journal.models.then_now import ThenNow
from journal.models.unproven import Unproven
from journal.models.week import Week

__all__ = [
    "Acceptance",
    "Answer",
    "Brought",
    "Completion",
    "Decision",
    "Doubt",
    "Entry",
    "Evidence",
    "GoodEnough",
    "Lesson",
    "Meeting",
    "Milestone",
    "Pin",
    "Removal",
    "Revision",
    "Revisit",
    "Step",
    "Theme",
    "ThenNow",
    "Unproven",
    "Week",
]
