"""Django settings. Everything an operator may change is read from the environment by `env`."""

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from tracker.config import env, logs
from tracker.config.schedule import SCHEDULE
from tracker.local import state

BASE_DIR = env.BASE_DIR
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
TESTING = "pytest" in sys.modules

# -- Where the servers are ------------------------------------------------------------------------------------------

OWN_SERVERS = state.running(VAR_DIR)
SERVERS_MISSING = OWN_SERVERS is None and not (env.text("DATABASE_URL") and env.text("REDIS_URL"))
DATABASES = {"default": env.database(OWN_SERVERS)}
REDIS_URL = env.redis(OWN_SERVERS)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# -- Who we are to the world ----------------------------------------------------------------------------------------

PORT = env.number("PORT", 8000, low=1, high=65535)
_site = env.site("SITE_URL", (OWN_SERVERS.site_url if OWN_SERVERS else "") or f"http://127.0.0.1:{PORT}")
SITE_URL = _site.geturl()
PUBLIC = _site.scheme == "https"
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(VAR_DIR, strong=PUBLIC)
ALLOWED_HOSTS = [*env.LOOPBACK, _site.hostname or ""]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ADMINS = MANAGERS = env.people("OPERATOR_EMAIL")
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"Watchback <watchback@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
BOUNCE_EMAIL = env.bare_address("BOUNCE_EMAIL")
_mail = env.email(VAR_DIR)
EMAIL_BACKEND = _mail.backend
EMAIL_FILE_PATH = _mail.files
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.implicit_tls, _mail.starttls
EMAIL_TIMEOUT = env.TIMEOUT
MAIL_SERVICE = _mail.service
ANYMAIL = _mail.anymail

ROOT_URLCONF = "tracker.config.urls"
WSGI_APPLICATION = "tracker.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "pgtrigger",
    "pghistory",
    "tracker.organizations",
    "tracker.evidence",
    "tracker.partnerships",
    "tracker.commitments",
    "tracker.record",
    "tracker.catalogue",
    "tracker.imports",
    "tracker.watch",
    "tracker.desk",
    "tracker.alerts",
    "tracker.web",
    "tracker.api",
    "tracker.local",
    *(["anymail"] if MAIL_SERVICE else []),  # for its checks: it has no tables
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- Safety ---------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC else 0
# The server listens on the loopback only, so a public site stands behind a proxy, which says how it was reached.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for every subdomain of the operator's domain,
    "security.W021",  # and its place in the browsers' preload list, are not ours to decide
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# -- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PLAIN_FILES = TESTING or DEBUG  # straight from the sources: nothing to collect before a test
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_FILES
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_FILES
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"

# -- History, logs, tasks -------------------------------------------------------------------------------------------

# Loopback places ("host:port") that the door to the outside may enter: tests and the story serve pages there.
WATCH_ALLOWED_LOOPBACK: tuple[str, ...] = ()
# Seconds that the door leaves between two requests there; elsewhere it is a second, or what robots.txt asks for.
WATCH_LOOPBACK_PAUSE = 0.0
# How long a change must last before anybody hears of it: the page is looked at again after that.
WATCH_SECOND_LOOK = timedelta(minutes=10)

PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
)  # a reader's GET must not look at the session

LOGGING_CONFIG = None
logs.set_up(debug=DEBUG)

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a worker that is killed has not done its task
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ROUTES = {
    "tracker.watch.*": {"queue": "watch"},
    "tracker.evidence.*": {"queue": "evidence"},
    "tracker.alerts.*": {"queue": "alerts"},
}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_TIMEZONE = "UTC"
