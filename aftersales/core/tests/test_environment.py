"""A wrong value in the environment is refused with a sentence that names it and what it may be."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "k" * 50
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "service.example.com",
    "PUBLIC_BASE_URL": "https://service.example.com",
}
KNOWN = (
    "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "PORT", "DATABASE_URL",
    "CELERY_BROKER_URL", "TIME_ZONE", "TRUSTED_PROXIES", "EMAIL_HOST", "EMAIL_PORT",
)  # fmt: skip


def check(tmp_path, **environment):
    """`manage.py check` in an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in KNOWN}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=kept | {"VAR_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be 0 or 1, not 'maybe'."),
        ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535, not '0'."),
        ({"PORT": "http"}, "PORT must be a whole number from 1 to 65535, not 'http'."),
        (
            {"DATABASE_URL": "mysql://localhost/x"},
            "DATABASE_URL must begin with sqlite:// or postgres:// or postgresql://, "
            "not 'mysql://localhost/x'.",
        ),
        (
            {"CELERY_BROKER_URL": "amqp://localhost"},
            "CELERY_BROKER_URL must begin with filesystem:// or redis:// or rediss:// or "
            "memory://, not 'amqp://localhost'.",
        ),
        ({"TIME_ZONE": "Mars/Phobos"}, "TIME_ZONE must be a zone of the IANA list"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES must be a whole number from 0 to 9"),
        (PRODUCTION | {"SECRET_KEY": ""}, "SECRET_KEY must have at least 50 characters"),
        (PRODUCTION | {"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters"),
        (PRODUCTION | {"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must list the host names"),
        (PRODUCTION | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must list the host names"),
        (
            PRODUCTION | {"PUBLIC_BASE_URL": "http://service.example.com"},
            "PUBLIC_BASE_URL must begin with https://, not 'http://service.example.com'.",
        ),
        (PRODUCTION | {"PUBLIC_BASE_URL": ""}, "PUBLIC_BASE_URL must begin with https://"),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(list(value.items())[-1]),
)
def test_a_wrong_value_is_refused_with_a_sentence(tmp_path, environment, sentence):
    refused = check(tmp_path, **environment)

    assert refused.returncode != 0
    assert sentence in refused.stderr.splitlines()[-1]


@pytest.mark.slow
def test_without_any_variable_it_is_the_mode_for_one_machine(tmp_path):
    assert check(tmp_path).returncode == 0


@pytest.mark.slow
def test_production_runs_with_its_three_values(tmp_path):
    answer = check(tmp_path, **PRODUCTION)

    assert answer.returncode == 0, answer.stderr
