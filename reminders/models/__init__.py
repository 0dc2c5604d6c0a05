from reminders.models.delivery import Delivery
from reminders.models.heartbeat import Heartbeat
from reminders.models.link import WriteLink
from reminders.models.offer import Offer
from reminders.models.schedule import WEEKLY, Schedule
from reminders.models.zone_data import ZoneData

__all__ = ["WEEKLY", "Delivery", "Heartbeat", "Offer", "Schedule", "WriteLink", "ZoneData"]
