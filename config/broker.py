"""What Celery is told. Redis rings the bell alone: the database is the queue (docs/decisions/0002)."""

from typing import Any

from config import sentinel

PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1}


def celery(redis_url: str, queue: str) -> dict[str, Any]:
    """Its settings, under its own names."""
    behind = sentinel.watched(redis_url)
    return {
        "broker_url": behind.broker() if behind else redis_url or "memory://",
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # Redis may be away for as long as it likes
        "broker_transport_options": {
            "socket_timeout": 2,
            "socket_connect_timeout": 2,
            "max_retries": 0,
            "visibility_timeout": 600,
        }
        | ({"master_name": behind.name} if behind else {}),
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


def cache(redis_url: str) -> dict[str, Any]:
    """What counts attempts: in Redis, or in a table of its own."""
    if not redis_url:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    pool = {"pool_class": "config.cache.Pool"} if sentinel.watched(redis_url) else {}
    return {"BACKEND": "config.cache.ForgivingRedis", "LOCATION": redis_url, "OPTIONS": PATIENCE | pool}
