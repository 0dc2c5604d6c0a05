from reminders.kinds import WEEKLY
from reminders.models.bounce import Bounce
from reminders.models.circular import Circular
from reminders.models.delivery import Delivery
from reminders.models.discretion import Discretion
from reminders.models.heartbeat import Heartbeat
from reminders.models.link import WriteLink
from reminders.models.offer import Offer
from reminders.models.reply import Overflow, ReplyAddress, ReplyConsent, TakenReply
from reminders.models.schedule import Schedule
from reminders.models.silence import Silence
from reminders.models.zone_data import ZoneData
from reminders.models.zone_notice import ZoneNotice

__all__ = [
    "WEEKLY",
    "Bounce",
    "Circular",
    "Delivery",
    "Discretion",
    "Heartbeat",
    "Offer",
    "Overflow",
    "ReplyAddress",
    "ReplyConsent",
    "Schedule",
    "Silence",
    "TakenReply",
    "WriteLink",
    "ZoneData",
    "ZoneNotice",
]
