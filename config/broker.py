"""What Celery is told. Redis rings the bell alone: the database is the queue (docs/decisions/0002)."""

from typing import Any


def celery(redis_url: str, queue: str) -> dict[str, Any]:
    """Its settings, under its own names."""
    return {
        "broker_url": redis_url or "memory://",
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # Redis may be away for as long as it likes
        "broker_transport_options": {
            "socket_timeout": 2,
            "socket_connect_timeout": 2,
            "max_retries": 0,
            "visibility_timeout": 600,
        },
        "task_default_queue": queue,
        "task_publish_retry": False,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": 60,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        "worker_soft_shutdown_timeout": 20,
        "worker_hijack_root_logger": False,
        "timezone": "UTC",
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_schedule": {"tick": {"task": "reminders.tasks.tick", "schedule": 60.0, "options": {"expires": 55}}},
    }
