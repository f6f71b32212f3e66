"""The product's own settings, in a place that is thrown away after the run."""

import atexit
import os
import shutil
import tempfile

# Other processes of the same run (xdist, browsers' servers) are told where by the environment.
if "OFFRAMP_TEST_HOME" not in os.environ:
    os.environ["OFFRAMP_TEST_HOME"] = tempfile.mkdtemp(prefix="offramp-test-")
    atexit.register(shutil.rmtree, os.environ["OFFRAMP_TEST_HOME"], ignore_errors=True)
os.environ["OFFRAMP_HOME"] = os.environ["OFFRAMP_TEST_HOME"]
for name in [name for name in os.environ if name.startswith("OFFRAMP_KEY")]:
    del os.environ[name]

from offramp.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # quick; nobody signs in here but the cast
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if not EMBEDDED:  # noqa: F405 -- PostgreSQL asks for a root key on purpose; this one opens nothing but tests
    OFFRAMP_KEYS = OFFRAMP_KEYS | {"OFFRAMP_KEY": "b25seSBmb3IgdGVzdHM6IDMyIGJ5dGVzIG9mIGtleSE="}  # noqa: F405

if EMBEDDED:  # noqa: F405 - a power cut may take this database
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
LEDGER_REFUSES = (
    "update",
)  # a test that commits empties every table after itself; tests/records/test_ledger.py holds the rest
