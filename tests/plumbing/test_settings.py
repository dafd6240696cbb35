"""Settings: options over variables over defaults."""

import pytest

from largesse.plumbing.settings import Settings, WrongSetting, environment_of, read_settings


def test_options_win_over_variables_and_variables_over_defaults() -> None:
    environment = {"LARGESSE_PORT": "81", "LARGESSE_WORKERS": "3", "LARGESSE_HOST": "", "OTHER": "x"}
    settings = read_settings(environment, port=82, database_url=None)
    assert (settings.port, settings.workers, settings.host) == (82, 3, Settings().host)


@pytest.mark.parametrize(
    ("environment", "options", "complaint"),
    [
        ({"LARGESSE_PORT": "eighty"}, {}, "LARGESSE_PORT"),
        ({"LARGESSE_PORT": "70000"}, {}, "LARGESSE_PORT"),
        ({"LARGESSE_WORKERS": "0"}, {}, "--workers"),
        ({"LARGESSE_LOG_REQUESTS": "perhaps"}, {}, "LARGESSE_LOG_REQUESTS"),
        ({}, {"workers": 65}, "LARGESSE_WORKERS"),
        ({}, {"prot": 1}, "no setting called prot"),
    ],
)
def test_wrong_settings_are_named(environment: dict[str, str], options: dict[str, object], complaint: str) -> None:
    with pytest.raises(WrongSetting, match=complaint):
        read_settings(environment, **options)


def test_a_child_process_reads_the_same_settings() -> None:
    settings = Settings(port=1234, workers=2, database_url="postgresql://x", log_requests=False)
    assert read_settings(environment_of(settings)) == settings
