"""The place, read from the environment: city, hosts, database, channels. Never the policy, which lives in rules and packs."""

from datetime import timedelta
from pathlib import Path

from offramp.config import place
from offramp.rules.accounts import TRIES, TRIES_WITHIN

PACKAGE = Path(__file__).resolve().parent.parent
OFFRAMP_HOME = place.home()
PORT = place.number("PORT", 8000)

# -- The place ------------------------------------------------------------------------------------------------------

DEBUG = place.yes("OFFRAMP_DEBUG")
SECRET_KEY = place.secret(OFFRAMP_HOME)
HTTPS = place.yes("OFFRAMP_HTTPS")
ALLOWED_HOSTS = place.listed("OFFRAMP_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

DATABASES = {"default": place.database(OFFRAMP_HOME)}
EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The root key of the vault, and a key for a side that keeps its own. Read by records/keys.py; empty means not set.
OFFRAMP_KEYS = {
    name: place.said(name)
    for stem in ("OFFRAMP_KEY", "OFFRAMP_KEY_POLICE", "OFFRAMP_KEY_CARE", "OFFRAMP_KEY_LEGAL", "OFFRAMP_KEY_YOUTH")
    for name in (stem, f"{stem}_FILE", f"{stem}_NEXT")
}

TIME_ZONE = place.said("OFFRAMP_ZONE", "America/New_York")
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
# A language is offered once its catalogue is there: a page half in one language helps nobody.
LANGUAGES = [("en", "English")] + [("es", "Español")] * (PACKAGE / "locale" / "es").exists()

# -- Rooms ----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "offramp.pages",  # before allauth: our templates win over theirs
    "offramp.records",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages over a car's radio; Django pads them, so lengths tell nothing (BREACH)
    "offramp.config.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "offramp.pages.account.presence.Presence",  # who looks, and the lock; before the next one, which would lose what was typed
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a forgotten gate is still a login
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "offramp.pages.refusals.Refusals",
    "axes.middleware.AxesMiddleware",  # last: it answers for a locked account
]

ROOT_URLCONF = "offramp.config.urls"
WSGI_APPLICATION = "offramp.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "offramp.pages.frame.context.frame",
            ],
            "libraries": {"components": "offramp.pages.components.tags"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = OFFRAMP_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# -- Who signs in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "offramp.pages.account.passwords.LongEnough"},
    {"NAME": "offramp.pages.account.passwords.NotDressedUp"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "badge")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/today/"
ACCOUNT_ADAPTER = "offramp.pages.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "offramp.pages.account.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has already been to the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
# Tries are counted by name below; this only slows a machine down. A whole shift may sign in from one address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip"}
MFA_ADAPTER = "offramp.pages.account.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "offramp.pages.account.forms.SecondStep",
    "login_webauthn": "offramp.pages.account.forms.SignInByPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # localhost only; passkeys refuse every other plain address

# CJIS AC-7: five wrong tries within a quarter of an hour lock the account until an administrator releases it.
# The quarter of an hour is how long tries are counted; the lock itself is on the account (pages/account/lockout.py).
AXES_HANDLER = "offramp.pages.account.lockout.Lockout"
AXES_USERNAME_CALLABLE = "offramp.pages.account.lockout.address_tried"
AXES_LOCKOUT_CALLABLE = "offramp.pages.account.lockout.same_answer"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = TRIES
AXES_COOLOFF_TIME = TRIES_WITHIN
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # our own ledger has it, by ids
AXES_SENSITIVE_PARAMETERS = ["login", "password", "code", "credential"]
AXES_VERBOSE = False

# -- Sessions, cookies, headers (the content policy itself is in config/headers.py) ---------------------------------

# Longer than the twelve hours after which everyone signs in again: what was typed on a page left open overnight is still
# theirs to send, once they have said who they are (pages/account/presence.py).
SESSION_COOKIE_AGE = int(timedelta(hours=36).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "offramp.pages.refusals.stale_form"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# -- Channels -------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = place.said("OFFRAMP_MAIL_FROM", "offramp@localhost")
if place.said("OFFRAMP_MAIL"):
    globals().update(place.mail(place.said("OFFRAMP_MAIL")))

# -- Logs: ids and codes, no names, no addresses, no tokens ---------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "offramp.config.logs.Bare"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "offramp": {"level": place.said("OFFRAMP_LOG", "WARNING").upper()},
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # It writes the name that was tried and where from; the ledger keeps what must be kept.
        "axes": {"level": "CRITICAL"},
    },
}
