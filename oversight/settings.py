"""All settings, read from environment variables, in one file.

`OVERSIGHT_MODE` says which of three installations this is:

- `production` (default): refuses to start without SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL, or
  with DEBUG on;
- `demo`: one machine, embedded servers, plain HTTP on the loopback address;
- `test`: what the test suite and the static checks run under.

| Variable | Meaning |
|---|---|
| SECRET_KEY | signs sessions and tokens |
| ALLOWED_HOSTS | host names served, comma separated |
| DATABASE_URL | connection of the application's role, which owns no table |
| DATABASE_OWNER_URL | connection of the owner's role; only where migrations run |
| REDIS_URL | broker, cache and sessions |
| STORAGE_ROOT | folder of originals and sealed tables |
| STORAGE_BACKEND, STORAGE_OPTIONS | another store for them: a Django storage, its options as JSON |
| CSRF_TRUSTED_ORIGINS | origins in front of a proxy, comma separated |
| EMAIL_URL, DEFAULT_FROM_EMAIL | outgoing mail |
| SITE_ADDRESS | where people reach the pages, for links in mails: https://oversight.example |
| AUDIT_TRAIL_ANCHOR_EMAIL | who receives the daily head of the audit trail's hash chain |
| MAX_UPLOAD_MB | largest file a CRO may send |
| INTAKE_MAX_ROWS, INTAKE_MAX_SHEETS | most rows of a sheet, most sheets of a workbook |
| INTAKE_MAX_COMPRESSED_RATIO | most that a workbook may unpack to, times its size |
| INTAKE_MAX_SECONDS | longest reading of one file |
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from oversight.redis_urls import cache_url, celery_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
MODE = env("OVERSIGHT_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("OVERSIGHT_MODE must be production, demo or test.")
PRODUCTION = MODE == "production"

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="" if PRODUCTION else "not-secret-" + "x" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1"])
_database_url = env("DATABASE_URL", default="" if PRODUCTION else "postgresql:///oversight")
if PRODUCTION:
    for name, value in {
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": ALLOWED_HOSTS,
        "DATABASE_URL": _database_url,
    }.items():
        if not value:
            raise ImproperlyConfigured(f"Set {name}: production does not start without it.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Name the hosts in ALLOWED_HOSTS: * would accept any.")
    if DEBUG:
        raise ImproperlyConfigured("Unset DEBUG: production does not start with it on.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "oversight.accounts",
    "oversight.audit_trail",
    "oversight.look",
    "vendors",
    "studies",
    "kpis",
    "dashboards",
    "inspection",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oversight.audit_trail.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vendors.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "oversight.urls"
WSGI_APPLICATION = "oversight.wsgi.application"
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
                "demo.context.demo",
            ],
        },
    },
]

# Data ------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(_database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if env("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.db_url("DATABASE_OWNER_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": cache_url(REDIS_URL),
    }
}
STORAGE_ROOT = Path(env("STORAGE_ROOT", default=str(BASE_DIR / "var" / "storage")))
STORAGES = {
    "default": {
        "BACKEND": env("STORAGE_BACKEND", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("STORAGE_OPTIONS", default={"location": STORAGE_ROOT}),
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"

# Jobs ------------------------------------------------------------------------------------------
CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_RESULT_BACKEND = None  # the database keeps what came out; nobody reads task results
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a killed worker's task is run again; every task is safe to run twice
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 45 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Hours of recomputing never keep a file that somebody sends waiting: Redis takes the lowest first.
CELERY_TASK_ROUTES = {"kpis.recompute_part": {"priority": 9}}
CELERY_BEAT_SCHEDULE = {
    "seal-audit-trail": {"task": "audit_trail.seal", "schedule": 5 * 60},
    "anchor-audit-trail": {"task": "audit_trail.anchor", "schedule": 24 * 60 * 60},
    "sweep-submissions": {"task": "kpis.sweep", "schedule": 60},
    "sweep-exports": {"task": "inspection.sweep", "schedule": 60},
    "mark-missing": {"task": "kpis.mark_missing", "schedule": 6 * 60 * 60},
    "remind": {"task": "kpis.remind", "schedule": 60 * 60},  # one mail a day, see reminders
}

# People ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
if MODE == "test":  # hashing slowly on purpose would take most of the suite's time
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:home"
ACCOUNT_ADAPTER = "oversight.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Oversight"
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_AGE = env.int("IDLE_MINUTES", default=30) * 60
SESSION_SAVE_EVERY_REQUEST = True  # the age counts from the last request: an idle time-out
SESSION_COOKIE_NAME = "oversight_session"

# Browser ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # The hash of the empty string: plotly adds one empty <style> element.
        "style-src": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked over plain HTTP by the container's own check
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Files sent to us ------------------------------------------------------------------------------
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", default=100) * 1024 * 1024
# A sponsor's administrator may set less, never more.
INTAKE_CEILINGS = {
    "max_megabytes": MAX_UPLOAD_BYTES // (1024 * 1024),
    "max_rows": env.int("INTAKE_MAX_ROWS", default=1_000_000),
    "max_sheets": env.int("INTAKE_MAX_SHEETS", default=100),
    "max_compressed_ratio": env.int("INTAKE_MAX_COMPRESSED_RATIO", default=200),
    "max_seconds": env.int("INTAKE_MAX_SECONDS", default=300),
}
FILE_UPLOAD_HANDLERS = [
    "oversight.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = env("FILE_UPLOAD_TEMP_DIR", default=None)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# API -------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    # The first one names the scheme in the answer to somebody unknown, which makes it a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "vendors.tokens.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["vendors.api.ground.throttling.CallerThrottle"],
    "DEFAULT_THROTTLE_RATES": {"caller": "600/hour", "stranger": "30/hour"},
    "NUM_PROXIES": 0,  # strangers are counted by who connects, not by what a header claims
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.MultiPartParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "vendors.api.ground.negotiation.JsonOnly",
    "DEFAULT_PAGINATION_CLASS": "vendors.api.ground.pages.Pages",
    "DEFAULT_SCHEMA_CLASS": "vendors.api.ground.openapi.Described",
    "EXCEPTION_HANDLER": "vendors.api.ground.refusals.refuse",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CRO oversight",
    "DESCRIPTION": "What a sponsor and its CROs may read, and the door for monthly submissions.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Several fields have these choices, or several choices this name.
    "ENUM_NAME_OVERRIDES": {
        "WhoseEnum": "studies.models.Delegation.Side",
        "AgreementKindEnum": "vendors.models.Agreement.Kind",
        "FunctionKindEnum": "studies.models.Function.Kind",
        "DelegationKindEnum": "studies.models.Delegation.Kind",
    },
    "COMPONENT_SPLIT_REQUEST": True,  # files go in, and never come out
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "vendors.api.ground.openapi.add_refusals",
    ],
}

# Words and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Mail ------------------------------------------------------------------------------------------
if PRODUCTION:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = STORAGE_ROOT / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="oversight@localhost")
_host = ALLOWED_HOSTS[0] if PRODUCTION else "localhost:8000"
SITE_ADDRESS = env("SITE_ADDRESS", default="") or f"http{'s' if PRODUCTION else ''}://{_host}"
AUDIT_TRAIL_ANCHOR_EMAIL = env("AUDIT_TRAIL_ANCHOR_EMAIL", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING" if MODE == "test" else "INFO"},
}

DEMO = MODE == "demo"  # pages that show the demo's sign-ins and loading ask this
