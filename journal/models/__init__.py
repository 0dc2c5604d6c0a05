from journal.models.acceptance import Acceptance
from journal.models.among import Among as Among
from journal.models.answer import Answer
from journal.models.aside import Aside
from journal.models.asking import Asking, Declined
from journal.models.beginning import Beginning
from journal.models.chapter import Chapter
from journal.models.decision import Decision
from journal.models.detour import Detour
from journal.models.doubt import Doubt
from journal.models.draft import Draft
from journal.models.encouragement import Encouragement
from journal.models.entry import Entry
from journal.models.good_enough import GoodEnough
from journal.models.heavy_page import HeavyPage
from journal.models.helping import Helping
from journal.models.imported import Chunk, Imported
from journal.models.incoming import Import
from journal.models.kindness import Kindness
from journal.models.laid import Brought, Evidence
from journal.models.later import Later
from journal.models.lesson import Lesson
from journal.models.matter import Matter
from journal.models.measure import Measure
from journal.models.meeting import Meeting
from journal.models.milestone import Milestone
from journal.models.not_for_me import NotForMe
from journal.models.offering import Offering
from journal.models.pin import Pin
from journal.models.put_away import NotAgain, PutAway
from journal.models.reading import Reading
from journal.models.removal import (
    DraftRemoval,
    LetGo,
    MatterRemoval,
    MilestoneRemoval,
    Removal,
    StepRemoval,
    TreatRemoval,
)
from journal.models.revision import Revision
from journal.models.revisit import Revisit
from journal.models.sequel import Sequel
from journal.models.sheet import LongerLook, Standard
from journal.models.sitting import Sitting
from journal.models.step import Completion, Step
from journal.models.theme import Theme
from journal.models.then_now import ThenNow
from journal.models.treat import Treat
from journal.models.unproven import Unproven
from journal.models.week import Week

__all__ = [
    "Acceptance",
    "Answer",
    "Asking",
    "Beginning",
    "Completion",
    "Declined",
    "Brought",
    "Completion",
    "Decision",
    "Doubt",
    "Draft",
    "DraftRemoval",
    "Aside",
    "Chapter",
    "Chunk",
    "Completion",
    "Detour",
    "Encouragement",
    "Entry",
    "Evidence",
    "GoodEnough",
    "Helping",
    "HeavyPage",
    "Import",
    "Imported",
    "Kindness",
    "Later",
    "LetGo",
    "Lesson",
    "Meeting",
    "Matter",
    "MatterRemoval",
    "LongerLook",
    "Measure",
    "Milestone",
    "MilestoneRemoval",
    "NotAgain",
    "NotForMe",
    "Offering",
    "Pin",
    "Reading",
    "Removal",
    "Revision",
    "Sitting",
    "PutAway",
    "Removal",
    "Revision",
    "Sequel",
    "Revisit",
    "Standard",
    "Step",
    "StepRemoval",
    "Theme",
    "ThenNow",
    "Treat",
    "TreatRemoval",
    "Unproven",
    "Week",
]
