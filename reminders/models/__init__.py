from reminders.models.delivery import Delivery
from reminders.models.heartbeat import Heartbeat
from reminders.models.link import WriteLink
from reminders.models.offer import Offer
from reminders.models.reply import ReplyAddress, ReplyConsent, TakenReply
from reminders.models.schedule import WEEKLY, Schedule

__all__ = [
    "WEEKLY",
    "Delivery",
    "Heartbeat",
    "Offer",
    "ReplyAddress",
    "ReplyConsent",
    "Schedule",
    "TakenReply",
    "WriteLink",
]
