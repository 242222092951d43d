"""Every setting of the site, and the only reader of the environment.

A wrong value stops the start with a sentence that names the variable. `docs/operating.md` lists them all.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment, is_loopback

ROOT = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# --- The site -------------------------------------------------------------------------------------------------

DEBUG = env.boolean("PORTAL_DEBUG")
DATA_DIR = env.folder("PORTAL_DATA_DIR", str(ROOT / "var"))

_public = env.url("PORTAL_PUBLIC_URL", "http://127.0.0.1:8700" if DEBUG else None)
PORTAL_PUBLIC_URL = f"{_public.scheme}://{_public.netloc.lower()}"
HTTPS = _public.scheme == "https"
_host = _public.hostname or ""
if DEBUG and not is_loopback(_host):
    raise ImproperlyConfigured("PORTAL_DEBUG must be off where others can reach PORTAL_PUBLIC_URL.")
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, *env.words("PORTAL_ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PORTAL_PUBLIC_URL] if HTTPS else []

# Known to everyone, so only good for trying things out on one machine.
_FOR_DEVELOPMENT = "django-insecure-for-development-only-never-for-a-site-that-others-can-reach"
_TOKEN_KEY_FOR_DEVELOPMENT = "Zm9yLWRldmVsb3BtZW50LW9ubHktbmV2ZXItcHJvZCE="  # noqa: S105
SECRET_KEY = env.secret("PORTAL_SECRET_KEY", _FOR_DEVELOPMENT if DEBUG else None)
SECRET_KEY_FALLBACKS = env.words("PORTAL_SECRET_KEY_FALLBACKS")
if any(len(key) < 32 for key in SECRET_KEY_FALLBACKS):
    raise ImproperlyConfigured("PORTAL_SECRET_KEY_FALLBACKS must list keys of at least 32 characters.")
TOKEN_KEYS = env.fernet_keys("PORTAL_TOKEN_KEYS", _TOKEN_KEY_FOR_DEVELOPMENT if DEBUG else None)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "portal.brightspace",
    "portal.accounts",
    "portal.rosters",
    "portal.team",
    # Features: named here and nowhere else in the portal.
    "cpd",
    "content",
    "awards",
]
MIDDLEWARE = [
    # Outermost, so that their headers are on every answer, whoever gives it.
    "portal.middleware.PrivacyHeadersMiddleware",
    "portal.middleware.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.health.HealthCheckMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # the language chosen in the menu, else the browser's
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.BrightspaceErrorMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["portal.formats.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.navigation",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "portal.formats"
USE_TZ = True
TIME_ZONE = env.time_zone("PORTAL_TIME_ZONE", "UTC")

# --- Stores ---------------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
CACHES = {"default": env.cache("CACHE_URL", "database:")}

# --- Sessions, cookies, headers -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["portal.accounts.oauth_sign_in.BrightspaceBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "team:team"
# In the database, so that signing out holds in every process at once.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would outlive the person
SESSION_COOKIE_AGE = int(env.number("PORTAL_SESSION_HOURS", 12, 0.1, 24 * 14) * 3600)
SESSION_COOKIE_NAME = "__Host-portal" if HTTPS else "portal"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "portal_csrf"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "portal_language"
LANGUAGE_COOKIE_AGE = 365 * 86_400
CSRF_FAILURE_VIEW = "portal.error_views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("PORTAL_BEHIND_PROXY", HTTPS) else None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # probes come from inside, over plain http
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.error_views.NoVariablesReporterFilter"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Brightspace ----------------------------------------------------------------------------------------------

_brightspace = env.url("BRIGHTSPACE_URL")
BRIGHTSPACE_URL = f"{_brightspace.scheme}://{_brightspace.netloc}"
BRIGHTSPACE_AUTHORIZE_URL = env.url(
    "BRIGHTSPACE_AUTHORIZE_URL", "https://auth.brightspace.com/oauth2/auth", path=True
).geturl()
BRIGHTSPACE_TOKEN_URL = env.url(
    "BRIGHTSPACE_TOKEN_URL", "https://auth.brightspace.com/core/connect/token", path=True
).geturl()
BRIGHTSPACE_CLIENT_ID = env.text("BRIGHTSPACE_CLIENT_ID")
BRIGHTSPACE_CLIENT_SECRET = env.text("BRIGHTSPACE_CLIENT_SECRET")
BRIGHTSPACE_CLIENT_AUTH = env.one_of("BRIGHTSPACE_CLIENT_AUTH", "basic", ("basic", "post"))
# Empty: computed from the features in use.
BRIGHTSPACE_SCOPES = env.matching(
    "BRIGHTSPACE_SCOPES", "", r"[!#-\[\]-~]+( +[!#-\[\]-~]+)*", "core:*:* users:profile:read"
)
BRIGHTSPACE_CONNECT_SECONDS = env.number("BRIGHTSPACE_CONNECT_SECONDS", 3, 0.1, 60)
BRIGHTSPACE_READ_SECONDS = env.number("BRIGHTSPACE_READ_SECONDS", 10, 0.1, 300)
BRIGHTSPACE_CA_BUNDLE = env.file("BRIGHTSPACE_CA_BUNDLE")
BRIGHTSPACE_PROXY = env.server("BRIGHTSPACE_PROXY", "", ("http", "https"))
_VERSION = r"[0-9]{1,6}\.[0-9]{1,6}"
BRIGHTSPACE_LE_VERSION = env.matching("BRIGHTSPACE_LE_VERSION", "", _VERSION, "1.84")
BRIGHTSPACE_LP_VERSION = env.matching("BRIGHTSPACE_LP_VERSION", "", _VERSION, "1.50")
BRIGHTSPACE_BAS_VERSION = env.matching("BRIGHTSPACE_BAS_VERSION", "", _VERSION, "1.3")
BRIGHTSPACE_CREDITS_A_MINUTE = int(env.number("BRIGHTSPACE_CREDITS_A_MINUTE", 50_000, 10, 10_000_000))
# The part of the credits that work nobody is waiting for may use.
PORTAL_BACKGROUND_SHARE = env.number("PORTAL_BACKGROUND_SHARE", 0.4, 0.01, 0.9)
# Pages: the whole of Brightspace's answers for one page must come within this time.
PORTAL_PAGE_SECONDS = env.number("PORTAL_PAGE_SECONDS", 8, 0.5, 60)
PORTAL_DOWNLOAD_SECONDS = env.number("PORTAL_DOWNLOAD_SECONDS", 120, 1, 3600)
PORTAL_CACHE_FRESH_SECONDS = int(env.number("PORTAL_CACHE_FRESH_SECONDS", 300, 5, 86_400))
PORTAL_CACHE_STALE_SECONDS = int(env.number("PORTAL_CACHE_STALE_SECONDS", 14_400, 60, 86_400 * 7))

# --- Rosters, roles, units ------------------------------------------------------------------------------------

ROSTER_PROVIDERS = {
    "auditors": "portal.rosters.providers.auditors.AuditorsProvider",
    "file": "portal.rosters.providers.file.FileProvider",
    "attributes": "portal.rosters.providers.attributes.AttributesProvider",
    "org_unit": "portal.rosters.providers.org_unit.OrgUnitProvider",
}
PORTAL_ROSTER = env.one_of("PORTAL_ROSTER", "auditors", tuple(ROSTER_PROVIDERS))
PORTAL_ROSTER_ORG_UNIT = env.text("PORTAL_ROSTER_ORG_UNIT", "")
PORTAL_ROSTER_ROLE = env.text("PORTAL_ROSTER_ROLE", "Manager")
PORTAL_ROSTER_ATTRIBUTE = env.text("PORTAL_ROSTER_ATTRIBUTE", "Manager")
_is_number = PORTAL_ROSTER_ORG_UNIT.isascii() and PORTAL_ROSTER_ORG_UNIT.isdecimal()
if PORTAL_ROSTER in {"org_unit", "attributes"} and not _is_number:
    raise ImproperlyConfigured(
        "PORTAL_ROSTER_ORG_UNIT must be the number of the org unit whose members are the people."
    )
PORTAL_ADMIN_ROLES = env.words("PORTAL_ADMIN_ROLES", "Administrator,Super Administrator,Organization Administrator")
PORTAL_CPD_UNIT = env.one_of("PORTAL_CPD_UNIT", "minutes", ("minutes", "records"))

# --- Worker ---------------------------------------------------------------------------------------------------

_BROKERS = ("filesystem", "amqp", "amqps", "redis", "rediss")
CELERY_BROKER_URL = env.server("CELERY_BROKER_URL", "filesystem://", _BROKERS)
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False  # messages are best effort: a page never waits for the broker
CELERY_BROKER_CONNECTION_TIMEOUT = 1.0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_URL = "filesystem://localhost/"  # without a host name kombu warns at every message
    _folder = DATA_DIR / "broker"
    (_folder / "control").mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_folder),
        "data_folder_out": str(_folder),
        "control_folder": str(_folder / "control"),
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1.0, "socket_timeout": 5.0, "max_retries": 0}
# Celery itself would rather read the address from the environment, where it is as it was written.
CELERY_BROKER_READ_URL = CELERY_BROKER_WRITE_URL = CELERY_BROKER_URL

# --- Log ------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.one_of("PORTAL_LOG", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))},
    "loggers": {
        # These write verifiers, tokens and addresses with personal data at DEBUG.
        "authlib": {"level": "INFO"},
        "urllib3": {"level": "INFO"},
        "requests": {"level": "INFO"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
