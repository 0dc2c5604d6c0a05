from journal.models.acceptance import Acceptance
from journal.models.answer import Answer
from journal.models.encouragement import Encouragement
from journal.models.entry import Entry
from journal.models.heavy_page import HeavyPage
from journal.models.kindness import Kindness
from journal.models.later import Later
from journal.models.lesson import Lesson
from journal.models.milestone import GoodEnough, Milestone
from journal.models.not_for_me import NotForMe
from journal.models.pin import Pin
from journal.models.put_away import PutAway
from journal.models.removal import Removal
from journal.models.revision import Revision
from journal.models.sequel import Sequel
from journal.models.step import Completion, Step
from journal.models.theme import Theme
from journal.models.unproven import Unproven
from journal.models.week import Week

__all__ = [
    "Acceptance",
    "Answer",
    "Completion",
    "Encouragement",
    "Entry",
    "GoodEnough",
    "HeavyPage",
    "Kindness",
    "Later",
    "Lesson",
    "Milestone",
    "NotForMe",
    "Pin",
    "PutAway",
    "Removal",
    "Revision",
    "Sequel",
    "Step",
    "Theme",
    "Unproven",
    "Week",
]
