"""Something hard, looked at gently: three small questions, and one longer page for whoever wants it."""

from django.utils.translation import gettext_lazy as _

from journal.prompts.question import Question

HAPPENED = Question(
    name="happened",
    fields=("body",),
    mended=1,
    title=_("What happened?"),
    where=_("The first of three small questions. You can stop after any of them."),
    ask=_("What happened?"),
    hint=_("The facts will do, as a kind witness would tell them. No verdict needed."),
    closing=_("Stopping here is also finishing. Whatever you’ve written is kept."),
    after="friend",
)
FRIEND = Question(
    name="friend",
    fields=("kind_words",),
    mended=2,
    title=_("What would you say to a friend?"),
    where=_("The second of three."),
    ask=_("What would you say to them?"),
    starters=(_("Of course that hurt, because…"), _("What I know about you is…")),
    closing=_("Half a sentence will do."),
    before="happened",
    after="lesson",
)
LESSON = Question(
    name="lesson",
    fields=("lesson", "themes"),
    mended=3,
    title=_("What is this teaching me?"),
    where=_("The third, and last."),
    ask=_("What is this teaching me?"),
    hint=_("A guess will do. So will nothing: some things teach nobody anything."),
    starters=(_("Was it too much at once?"), _("Was the plan bigger than the day?")),
    closing=_("“It was only hard” keeps it whole, and it will not be asked about again."),
    before="friend",
    after="kept",
)
FORWARD = Question(
    name="forward",
    fields=("goal", "reality", "options", "way_forward"),
    mended=4,
    title=_("A way forward"),
    where=_("An extra page, only if you’d like it."),
    ask=_("A way forward, if you want one"),
    hint=_("Four short lines. Leave any of them blank."),
    closing=_("One line is plenty."),
    before="lesson",
    after="kept",
)
QUESTIONS = {question.name: question for question in (HAPPENED, FRIEND, LESSON, FORWARD)}

# The four lines of the way forward: what is asked, and what it is called.
LINES = {
    "goal": (_("What would you like instead?"), _("Goal")),
    "reality": (_("What’s true right now?"), _("Reality")),
    "options": (_("What could you try?"), _("Options. Silly ones too.")),
    "way_forward": (_("One small thing, and when"), _("Way forward")),
}
