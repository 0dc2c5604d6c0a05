"""The one settings file. docs/configuration.md explains every variable read here."""

import zoneinfo
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import broker, doors, env, headers, logs, place

# Python prefers the system's zone files; ours is the pinned tzdata, the same on every machine.
zoneinfo.reset_tzpath(to=())

BASE_DIR = Path(__file__).resolve().parent.parent
ONWARD_HOME = Path(env.text("ONWARD_HOME", str(BASE_DIR / "var"))).resolve()
DEBUG = env.flag("DEBUG")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, 1, 65535)
ONWARD_URL = env.web_address("ONWARD_URL", f"http://127.0.0.1:{PORT}")
HTTPS = ONWARD_URL.startswith("https://")
ONWARD_SIGNUP = env.choice("ONWARD_SIGNUP", ("open", "invite", "closed"))
ONWARD_OPERATOR, ONWARD_HELP_FILE, ONWARD_TEXTS, ONWARD_NOTICE_FILE, ONWARD_MINIMUM_AGE = place.told(ONWARD_HOME)
ONWARD_MOST_ENTRIES, ONWARD_MOST_MEGABYTES = place.limits()
ONWARD_FONTS = Path(env.text("ONWARD_FONTS", "/usr/share/fonts"))
ONWARD_LEDGER_FILE = Path(env.text("ONWARD_LEDGER_FILE", str(ONWARD_HOME / "deleted")))
ONWARD_KEYS_FILE = Path(env.text("ONWARD_KEYS_FILE", str(ONWARD_HOME / "keys.json")))
DATABASE_URL = env.secret("DATABASE_URL")
REDIS_URL = env.redis(env.secret("REDIS_URL"))
EMAIL_URL = env.secret("EMAIL_URL")
METRICS_TOKEN = env.secret("METRICS_TOKEN")
if 0 < len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN takes at least 20 characters.")
# A ring or a secret is made by itself on the embedded default only: elsewhere a second machine would make another one.
EMBEDDED = not DATABASE_URL
MAKES_RING = EMBEDDED and not env.text("ONWARD_KEYS_FILE")

SECRET_KEY = env.secret("SECRET_KEY") or (env.keep_once(ONWARD_HOME / "secret") if EMBEDDED else "")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY takes at least 50 characters; with DATABASE_URL it has to be given.")

ALLOWED_HOSTS = sorted({env.host_of(ONWARD_URL), "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [ONWARD_URL]

INSTALLED_APPS = [
    "config",
    "accounts",
    "journal",
    "reminders",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "config.watching.watched",
    "config.middleware.private_answers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compressed.Compressed",
    "config.middleware.own_pages_only",
    "config.middleware.readable_cookies",
    "config.middleware.for_machines",
    "config.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.opened_keys",
    "accounts.middleware.local_time",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.kept_open",
    "journal.drafting.drafts",
    "accounts.middleware.slowed",
    "accounts.middleware.Doors",
    "config.middleware.InvalidForms",
    "config.middleware.pages_for_people",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Partials: in Django 6 both the loader and the builtin are Django's own, and two lines go.
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "config.ui_tags",
                "config.jinja",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.ui_tags.place",
            ],
        },
    },
    {
        # For what stands on a page thirty times: docs/decisions/0016.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja.environment", "auto_reload": False},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.postgres(DATABASE_URL) if DATABASE_URL else env.sqlite(ONWARD_HOME / "onward.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": broker.cache(REDIS_URL)}

if EMAIL_URL:
    globals().update(env.mail(EMAIL_URL))
else:
    EMAIL_BACKEND = "config.outbox.Outbox"
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"Onward <onward@{env.mail_domain(ONWARD_URL)}>")
INBOUND_DOMAIN = env.domain("INBOUND_DOMAIN")
INBOUND_AUTHSERV = env.domain("INBOUND_AUTHSERV")
INBOUND_SECRET = env.door("INBOUND_SECRET", env.secret("INBOUND_SECRET"))
ANYMAIL = {"WEBHOOK_SECRET": INBOUND_SECRET}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ, TIME_ZONE = True, "UTC"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(ONWARD_HOME / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["config.styles.StylesFinder", "django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_FINDERS += ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "journal:today"
PASSWORD_HASHERS = ["accounts.hashers.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.validators.NotLikeEmail"},
    {"NAME": "accounts.validators.NotCommon"},
]
globals().update(doors.allauth(bool(EMAIL_URL), HTTPS))
LIMITS = doors.LIMITS

# What other apps add to a person's own copy: user -> {noun: rows}.
EXPORT_PARTS = {"reminders.export.letters": "reminders.bringing.take_in"}  # and what brings each back

# Doors
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # looks for Django's CSRF middleware by name; config.middleware.Csrf is it
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^(healthz|metrics)$"]
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = headers.policy(HTTPS)

# A megabyte of emoji is three when a browser writes it as a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["config.uploads.Held"]

# Nothing that a request brings is ever printed: a log line says when, how grave, where, in which request and what.
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.errors.NothingPrinted"
LOG_FORMAT, SLOW_QUESTION, SLOW_PAGE = logs.chosen()
LOGGING = logs.logging_in(LOG_FORMAT)
CELERY = broker.celery(REDIS_URL, env.text("CELERY_QUEUE", "onward"))
