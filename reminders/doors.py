"""Where mail providers hand in what comes back, and tell what became of letters.

A post with the name and password of INBOUND_SECRET (basic auth).

Those that ask for nothing more than that. The others sign with keys of their own; for them there is `receive_mail`.
"""

from typing import Any

from anymail.signals import AnymailInboundEvent, inbound, tracking
from anymail.webhooks.mailjet import MailjetInboundWebhookView, MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView, PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView, SparkPostTrackingWebhookView
from django.dispatch import receiver
from django.urls import path
from django.utils import timezone

from reminders import provider
from reminders.inbound import receive

app_name = "doors"
urlpatterns = [
    path("mailjet/inbound/", MailjetInboundWebhookView.as_view(), name="mailjet"),
    path("postmark/inbound/", PostmarkInboundWebhookView.as_view(), name="postmark"),
    path("sparkpost/inbound/", SparkPostInboundWebhookView.as_view(), name="sparkpost"),
    path("mailjet/tracking/", MailjetTrackingWebhookView.as_view(), name="mailjet.tracking"),
    path("postmark/tracking/", PostmarkTrackingWebhookView.as_view(), name="postmark.tracking"),
    path("sparkpost/tracking/", SparkPostTrackingWebhookView.as_view(), name="sparkpost.tracking"),
]


tracking.connect(provider.heard, dispatch_uid="reminders.provider")


@receiver(inbound)
def hand_in(event: AnymailInboundEvent, **kwargs: Any) -> None:
    """What raises here is answered 5xx, and the provider comes again."""
    mail = event.message
    to = [mail.envelope_recipient] if mail.envelope_recipient else [one.addr_spec for one in mail.to]
    receive(mail.as_bytes(), to, timezone.now(), mail.envelope_sender)
