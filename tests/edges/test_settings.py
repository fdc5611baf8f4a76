"""Settings: defaults, then saraban.toml, then the environment, then what is given."""

import pytest

from pipeline.errors import UsageError
from pipeline.settings import describe_settings, load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_later_sources_win(tmp_path, monkeypatch):
    assert load_settings().dpi == 300
    (tmp_path / "saraban.toml").write_text('dpi = 200\nout = "archive"\nworkers = 3\n')
    monkeypatch.setenv("SARABAN_DPI", "150")
    settings = load_settings(workers=5, dask=None)
    assert (settings.dpi, str(settings.out), settings.workers) == (150, "archive", 5)
    origins = {name: origin for name, _, origin in describe_settings(settings)}
    assert origins["dpi"] == "environment (SARABAN_DPI)"
    assert origins["out"] == "saraban.toml"
    assert origins["page_seconds"] == "default"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"dpi = 7\n", "setting dpi: Input should be"),
        (b"colour = true\n", "setting colour: there is no such setting"),
        (b"dpi = \n", "saraban.toml: "),
        (b"\xff\xfe", "saraban.toml: "),
    ],
    ids=["out of range", "unknown", "no toml", "no text"],
)
def test_wrong_settings_are_named(tmp_path, content, said):
    (tmp_path / "saraban.toml").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        load_settings()


def test_settings_that_cannot_be_read_are_an_error(tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied", "saraban.toml")

    monkeypatch.setattr("pydantic_settings.TomlConfigSettingsSource._read_file", refused)
    (tmp_path / "saraban.toml").write_text("dpi = 200")
    with pytest.raises(UsageError, match="Permission denied"):
        load_settings()


def test_a_misspelt_variable_is_named(monkeypatch):
    monkeypatch.setenv("SARABAN_NIGHTY_INPUT", "scans")
    with pytest.raises(UsageError, match="SARABAN_NIGHTY_INPUT: there is no such setting"):
        load_settings()


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/home/malee")
    (tmp_path / "saraban.toml").write_text('nightly_input = "~/scans"\n')
    monkeypatch.setenv("SARABAN_OUT", "~/archive")
    settings = load_settings()
    assert (str(settings.out), str(settings.nightly_input)) == ("/home/malee/archive", "/home/malee/scans")
