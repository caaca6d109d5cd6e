"""Every setting of the project, read from the environment and safe when nothing is said."""

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from chibo.env import (
    content_keys,
    database,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_str,
    load_dotenv,
    private_folder,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
BUILD = BASE_DIR / "build"
private_folder(VAR)
BUILD.mkdir(exist_ok=True)

# The suite runs as on a developer's machine and must not depend on anybody's .env.
TESTING = "pytest" in sys.modules
if not TESTING:
    load_dotenv(BASE_DIR / ".env")

DEBUG = env_bool("CHIBO_DEBUG", TESTING)
SECRET_KEY = secret_key(debug=DEBUG, kept_in=VAR / "secret-key")
CRITIQUE_KEYS = content_keys(debug=DEBUG, kept_in=VAR / "critique.keys")
ALLOWED_HOSTS = env_list("CHIBO_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# An index that carries columns is PostgreSQL's; SQLite leaves them out, and its few rows do not miss them.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

INSTALLED_APPS = [
    "chibo",
    "critique",
    "privacy",
    "printing",
    "shelf",
    "errands",
    "meetings",
    "rulings",
    "members",
    "search",
    "book",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "chibo.apps.CollectedConfig",  # django.contrib.staticfiles
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "js_lib_bootstrap5",
]

MIDDLEWARE = [
    "chibo.middleware.proxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chibo.middleware.headers",
    "chibo.middleware.leading",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chibo.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "chibo.middleware.idle",
    "chibo.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
    "chibo.middleware.in_words",
    "chibo.middleware.too_much",
    "chibo.middleware.own_pages",
    "chibo.middleware.taken",
]

ROOT_URLCONF = "chibo.urls"
WSGI_APPLICATION = "chibo.wsgi.application"

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
                "chibo.context.navigation",
            ],
            "builtins": ["members.templatetags.page_of"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "members.rendering.Renderer"

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {
    "default": database(
        env_str("DATABASE_URL", f"sqlite:///{VAR / 'chibo.sqlite3'}"), test_file=BUILD / "test.sqlite3"
    ),
}
# Two roles of PostgreSQL: one owns the tables and changes them, the server signs in as another that may do less.
SERVER_ROLE = ""
# The last one seals words anew, also in tables that the server may only add to. deploy/chibo has the same list.
AS_OWNER = ("migrate", "bring_up_to_date", "restore", "import_cell", "rotate_keys")
if (owner := env_str("DATABASE_OWNER_URL")) and not TESTING:
    SERVER_ROLE = str(DATABASES["default"].get("USER", ""))
    if sys.argv[1:2] and sys.argv[1] in AS_OWNER:
        DATABASES["default"] = database(owner, test_file=BUILD / "test.sqlite3")

# When the last backup was made from this machine, for the page of the server's state.
BACKUP_NOTE = (BUILD if TESTING else VAR) / "last-backup.json"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Uploads are handed out by views that ask for the right to see them, never by an address of their own.
# They lie in a folder, or as rows beside those that name them: then two servers need nothing but the database.
FILES = env_choice("CHIBO_FILES", "folder", ("folder", "database"))
MEDIA_ROOT = env_str("CHIBO_MEDIA_ROOT", str(VAR / "media"))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Certificates of the authorities whose signatures count, put there by the administrator (documents/trusted.py); the
# program brings none along and fetches nothing.
TRUST_FOLDER = Path(env_str("CHIBO_TRUST_FOLDER", str(VAR / "trust")))

# PDFs of sealed papers (documents/sealed.py): the oldest give way, so that the folder stays below some 100 MB.
# How far a list is that comes in (members/importing/progress.py) stands there for two minutes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "papers": {
        "BACKEND": f"django.core.cache.backends.{'locmem.LocMemCache' if TESTING else 'filebased.FileBasedCache'}",
        "LOCATION": str(VAR / "papers"),
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# Where people reach this server: what the square on a sealed paper leads to. Without it papers bear the code alone.
BASE_ADDRESS = env_str("CHIBO_ADDRESS", f"http://127.0.0.1:{env_int('PORT', 8000)}" if DEBUG and not TESTING else "")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "chibo.bundles.Finder",
]
STORAGES = {
    "default": {"BACKEND": f"chibo.files.places.{'Database' if FILES == 'database' else 'Folder'}"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
# Compressed files are served in debug too, so that a demonstration weighs what production weighs.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Day before month, always: Django's own list would read 03/12/2026 as 12 March.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H giờ %M"]
DATETIME_INPUT_FORMATS = [
    *(f"{day}T{time}" for day in DATE_INPUT_FORMATS[-1:] for time in TIME_INPUT_FORMATS[:2]),
    *(f"{day} {time}" for day in DATE_INPUT_FORMATS for time in TIME_INPUT_FORMATS),
]

# --- Accounts and sessions ----------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "members.accounts.Backend"]
PASSWORD_HASHERS = ["members.accounts.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.accounts.NoneOfTheirOwnWords"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# Name and address together: an office shares one address, and nobody can lock out another from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "chibo.middleware.attempted_name"
AXES_CLIENT_IP_CALLABLE = "chibo.middleware.client_address"
AXES_WHITELIST_CALLABLE = "chibo.middleware.comes_with_known_device"
# Who came in, from where, is a Visit of ours, without the address; a second list of it with the address nobody needs.
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "chibo.middleware.same_answer"

# The name alone, the old password and codes are slowed down by members/entry/limits.py.

# Who has to have a second factor: nobody, or whoever leads, follows from above or runs the server.
SECOND_FACTOR = env_choice("CHIBO_SECOND_FACTOR", "none", ("none", "leaders"))
OTP_TOTP_ISSUER = "Chibo"
OTP_TOTP_THROTTLE_FACTOR = 0  # members/entry/limits.py slows tries down, with an end to the waiting
# What is an account's own stays shut so long after somebody else helped to set its password.
PRIVATE_WAIT_DAYS = env_int("CHIBO_PRIVATE_DAYS", 7, least=1)
# A session ends so many hours after it began; sealing and exporting ask for the password after so many minutes.
SESSION_HOURS = env_int("CHIBO_SESSION_HOURS", 12, least=1)
PASSWORD_AGAIN_MINUTES = env_int("CHIBO_PASSWORD_AGAIN_MINUTES", 15, least=1)

# A meeting lasts 90 to 120 minutes, and a member who only listens must not fall out of it.
SESSION_COOKIE_AGE = env_int("CHIBO_IDLE_MINUTES", 120, least=5) * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The wire -----------------------------------------------------------------------------------

# Django's own pages for the tree, people, posts and accounts: half English, off where others can reach the server, and
# needed for nothing that our own pages at /server/ do not do.
ADMIN_PAGES = env_bool("CHIBO_ADMIN_PAGES", DEBUG or TESTING)
HTTPS = env_bool("CHIBO_HTTPS", not DEBUG)
TRUSTED_PROXIES = env_int("CHIBO_TRUSTED_PROXY", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked for from the machine itself, beside the proxy
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# With this prefix a browser refuses the cookie from a neighbouring host or an unencrypted page.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Mail and log -------------------------------------------------------------------------------

EMAIL_HOST = env_str("CHIBO_EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = env_int("CHIBO_EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env_str("CHIBO_EMAIL_USER")
EMAIL_HOST_PASSWORD = env_str("CHIBO_EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("CHIBO_EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_str("CHIBO_EMAIL_FROM", "chibo@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}{account}", "style": "{"}},
    "filters": {"account": {"()": "chibo.logs.WithAccount"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["account"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django would also write an unhandled error to a mail, with the request's body in it.
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Every new session is one line otherwise, at the hour when everybody signs in.
        "axes": {"level": "WARNING"},
    },
}
