"""All settings of Lindero, in one file. What differs between installations comes from the environment (`env.py`).

docs/reference/settings.md documents each variable; a test compares the two.
"""

import importlib.util
import os
from pathlib import Path

from gis_project import env

ROOT = Path(__file__).resolve().parent.parent
VAR = env.path("LINDERO_VAR", ROOT / "var")

# Before anything imports numba, which reads it once: compiled kernels are kept there.
os.environ["NUMBA_CACHE_DIR"] = env.text("NUMBA_CACHE_DIR", str(VAR / "numba"))

# --- Secrets and addresses ---------------------------------------------------------------------

SECRET_KEY = env.text("SECRET_KEY")
PRIVACY_KEY = env.text("LINDERO_PRIVACY_KEY", SECRET_KEY)
DEBUG = env.flag("LINDERO_DEBUG", default=False)
ALLOWED_HOSTS = env.words("LINDERO_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_URL = env.text("LINDERO_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = env.flag("LINDERO_HTTPS", default=PUBLIC_URL.startswith("https://"))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
BEHIND_PROXY = env.flag("LINDERO_BEHIND_PROXY", default=False)
BANK_SECRETS = dict(
    pair.split("=", 1)
    for pair in env.words("LINDERO_BANK_SECRETS")  # municipality/desk=secret
)
METRICS_TOKEN = env.text("LINDERO_METRICS_TOKEN", "")

# --- Apps --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "gis_project.territory",
    "cadastre",
    "water_basins",
    "layers",
    "gis_project.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "gis_project.territory.middleware.municipality_scope.municipality_scope",
    "gis_project.territory.middleware.appointments_once.appointments_once",
    "gis_project.territory.middleware.request_log.request_log",
    "gis_project.territory.middleware.headers.security_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gis_project.territory.middleware.temporary_password.temporary_password",
    "gis_project.middleware.DomainErrors",
]

ROOT_URLCONF = "gis_project.urls"
WSGI_APPLICATION = "gis_project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "gis_project" / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database: the role decides what a process may do (docs/explanation/architecture.md) --------

DB_ROLE = env.text("LINDERO_DB_ROLE", "app")
_database_variable = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "auditor": "DATABASE_AUDITOR_URL",
}
DATABASES = {"default": env.database(_database_variable[DB_ROLE])}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["TEST"] = {
    "NAME": env.text("LINDERO_TEST_DATABASE", "test_lindero"),
    "TEMPLATE": "lindero_template",
}
# JIT compilation costs more than any statement of ours; a server that is not ours may have it on.
_session = ["-c jit=off"]
# Off for commands and jobs, which may take long; the launcher sets it for the web server.
STATEMENT_TIMEOUT_S = env.integer("LINDERO_STATEMENT_TIMEOUT_S", 0)
if STATEMENT_TIMEOUT_S:
    _session.append(f"-c statement_timeout={STATEMENT_TIMEOUT_S}s")
_options = DATABASES["default"]["OPTIONS"]
_options["options"] = " ".join([_options.get("options", ""), *_session]).strip()
if env.flag("LINDERO_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}

DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", "")
DATABASE_PUBLIC_URL = env.text("DATABASE_PUBLIC_URL")

# GeoDjango uses the GDAL and GEOS inside the wheels: no system GDAL, and one version everywhere.


def _wheel_library(package: str, stem: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise env.MissingSetting(f"No está instalado el paquete {package}; ejecute ./lindero up.")
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    found = sorted(folder.glob(f"{stem}-*.so*")) + sorted(folder.glob(f"{stem}.so*"))
    if not found:
        raise env.MissingSetting(f"El paquete {package} no trae {stem} en {folder.name}.")
    return str(found[0])


GDAL_LIBRARY_PATH = env.text("GDAL_LIBRARY_PATH", _wheel_library("pyogrio", "libgdal"))
GEOS_LIBRARY_PATH = env.text("GEOS_LIBRARY_PATH", _wheel_library("shapely", "libgeos_c"))

# --- Sign-in -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "territory.User"
AUTHENTICATION_BACKENDS = ["gis_project.territory.sign_in.AnyIdentifierBackend"]
PASSWORD_HASHERS = ["gis_project.territory.password_hasher.Argon2SmallMachine"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "gis_project.territory.account_adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "gis_project.territory.sign_in_form.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}  # the form takes any identifier; allauth wants one name for it
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # sign-up itself is closed
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "gis_project.territory.models.user.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Failed sign-ins are counted by territory/rate_limit.py for account and address together, so that a
# town hall behind one address works on; this one only bounds the sheer number of requests.
ACCOUNT_RATE_LIMITS = {"login": "600/5m/ip", "login_failed": None}
# The institution's own directory, where it has one: accounts must exist, nobody is added by it.
OIDC_SERVER = env.text("LINDERO_OIDC_SERVER", "")
if OIDC_SERVER:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "gis_project.territory.directory_adapter.DirectoryAdapter"
    SOCIALACCOUNT_ONLY = False
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "institution",
                    "name": env.text("LINDERO_OIDC_NAME", "Cuenta institucional"),
                    "client_id": env.text("LINDERO_OIDC_CLIENT", ""),
                    "secret": env.text("LINDERO_OIDC_SECRET", ""),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ]
        }
    }
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Lindero"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "lindero_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "lindero_csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 10  # a working day

# --- Cache: in the database, shared by all processes; whole-page caching is not used anywhere ---

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# --- Language, time ----------------------------------------------------------------------------

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Guayaquil"  # only for display outside a municipality; each has its own

# --- Static files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "gis_project" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
BASIN_INDEXES = VAR / "basins"
# The built names carry a hash of the content: a browser may keep them for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/[\w-]+-[0-9A-Za-z]{8}\."

# --- Browser's protection ----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS and env.flag("LINDERO_SSL_REDIRECT", default=True)
# Probes come from the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
MAX_BODY_BYTES = env.integer("LINDERO_MAX_UPLOAD_MB", 50) * 1024 * 1024
CSRF_FAILURE_VIEW = "gis_project.handlers.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the user's name field is its id, unique by nature

# --- The web server's threads: gunicorn.conf.py reads the same variable --------------------------

WEB_THREADS = env.integer("LINDERO_WEB_THREADS", 8)

# --- Public doors of layers: requests per minute and address (layers/fair_use.py); 0 counts nothing ---

FEATURES_PER_MINUTE = env.integer("LINDERO_FEATURES_PER_MINUTE", 1200)
FEATURE_INFO_PER_MINUTE = env.integer("LINDERO_FEATURE_INFO_PER_MINUTE", 600)
TILES_PER_MINUTE = env.integer("LINDERO_TILES_PER_MINUTE", 6000)

# --- Mail: without a host nothing is sent, and notices are printed instead -----------------------

EMAIL_HOST = env.text("LINDERO_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = env.integer("LINDERO_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("LINDERO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("LINDERO_MAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("LINDERO_MAIL_FROM", "lindero@localhost")

# --- Backups: manage.py backup and restore ------------------------------------------------------

BACKUP_FOLDER = env.optional_path("LINDERO_BACKUP_FOLDER")
BACKUP_PASSPHRASE_FILE = env.optional_path("LINDERO_BACKUP_PASSPHRASE_FILE")
PG_BIN = env.optional_path("LINDERO_PG_BIN")

# --- Signatures of papers: trusted bodies, and the municipality's own sealed key -----------------

SIGNATURE_ROOTS = env.text("LINDERO_SIGNATURE_ROOTS", "")
BATCH_KEY = env.text("LINDERO_BATCH_KEY", "")
BATCH_KEY_PASSPHRASE = env.text("LINDERO_BATCH_KEY_PASSPHRASE", "")

# --- Look-ups of persons in the registries outside: off without an address -----------------------

LOOKUP_HOSTS = env.words("LINDERO_LOOKUP_HOSTS")
LOOKUP_TIMEOUT_S = env.integer("LINDERO_LOOKUP_TIMEOUT_S", 8)
LOOKUP_DAYS = env.integer("LINDERO_LOOKUP_DAYS", 30)
LOOKUP_CA_FILE = env.optional_path("LINDERO_LOOKUP_CA_FILE")
LOOKUP_PERSONS_URL = env.text("LINDERO_LOOKUP_PERSONS_URL", "")
LOOKUP_PERSONS_PACKAGE = env.text("LINDERO_LOOKUP_PERSONS_PACKAGE", "")
LOOKUP_PERSONS_USER = env.text("LINDERO_LOOKUP_PERSONS_USER", "")
LOOKUP_PERSONS_PASSWORD = env.text("LINDERO_LOOKUP_PERSONS_PASSWORD", "")
LOOKUP_TAXES_URL = env.text("LINDERO_LOOKUP_TAXES_URL", "")
LOOKUP_TAXES_TOKEN = env.text("LINDERO_LOOKUP_TAXES_TOKEN", "")

# --- Maps: drawn by processes of their own (manage.py render_server) behind this socket ----------

RENDER_SOCKET = env.path("LINDERO_RENDER_SOCKET", VAR / "run" / "render.sock")
RENDER_PROCESSES = env.integer("LINDERO_RENDER_PROCESSES", os.cpu_count() or 1)

# --- Logs: one JSON object a line on standard error, personal data and secrets taken out ---------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gis_project.territory.log_format.json_formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("LINDERO_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "pyogrio": {"level": "WARNING"},
        # Their warnings name the holders of certificates.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
