"""Settings: what a council may set, and the one line it reads where a value cannot be right."""

import stat
from pathlib import Path

import pytest

from config import Settings, SettingsError, described
from eoi.rules.permissions import Role


def read(folder: Path, **environ: str) -> Settings:
    return Settings.from_environment({"EOI_DATA_DIR": str(folder), "HOME": "/home/alice", **environ})


def test_settings_default_to_kent_on_sqlite(tmp_path):
    settings = read(tmp_path)
    flask = settings.as_flask()
    assert settings.COUNCIL_NAME == "Kent County Council"
    assert len(settings.COUNCIL_DISTRICTS) == 12
    assert flask["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/eoi.sqlite3"
    assert flask["SQLALCHEMY_ENGINE_OPTIONS"] == {
        "connect_args": {"isolation_level": "IMMEDIATE"},
        "hide_parameters": True,
    }
    assert flask["SITE_URL"] == "http://127.0.0.1:5000"
    assert not flask["DEMONSTRATION"]


def test_settings_are_another_councils_by_the_environment_alone(tmp_path):
    settings = read(
        tmp_path,
        COUNCIL_NAME="Medway Council",
        COUNCIL_LA_CODE="887",
        COUNCIL_DISTRICTS="Chatham, Gillingham",
        COUNCIL_AREAS="Towns: Chatham, Gillingham; Marsh: Grain",
        COUNCIL_ADDRESS="Gun Wharf\\nChatham",
        DATABASE_URL="postgresql+psycopg://eoi@db/eoi",
        SITE_URL="https://eoi.medway.example/",
    )
    flask = settings.as_flask()
    assert settings.COUNCIL_DISTRICTS == ("Chatham", "Gillingham")
    assert settings.COUNCIL_AREAS == (("Towns", ("Chatham", "Gillingham")), ("Marsh", ("Grain",)))
    assert settings.COUNCIL_ADDRESS == "Gun Wharf\nChatham"
    assert flask["SITE_URL"] == "https://eoi.medway.example"
    assert flask["SESSION_COOKIE_SECURE"]
    assert flask["SQLALCHEMY_ENGINE_OPTIONS"] == {"pool_pre_ping": True, "hide_parameters": True}


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("EOI_DEMONSTRATON", "1", "EOI_DEMONSTRATON is not a setting. The settings are "),
        ("COUNCIL_COLOUR", "red", "COUNCIL_COLOUR is not a setting. The settings are "),
        ("EOI_DEMONSTRATION", "yes", "EOI_DEMONSTRATION must be 1 or 0, not 'yes'."),
        ("PORT", "http", "PORT must be a whole number from 1 to 65535, not 'http'."),
        ("PORT", "65536", "PORT must be a whole number from 1 to 65535, not '65536'."),
        ("PORT", "²", "PORT must be a whole number from 1 to 65535, not '²'."),
        ("COUNCIL_LA_CODE", "Kent", "COUNCIL_LA_CODE must be a whole number from 100 to 999, not 'Kent'."),
        ("COUNCIL_EMAIL", "sen at kent", "COUNCIL_EMAIL must be an email address, not 'sen at kent'."),
        ("COUNCIL_DISTRICTS", ",", "COUNCIL_DISTRICTS must be one or more names separated by commas, not ','."),
        ("COUNCIL_NAME", "Kent\nCouncil", "COUNCIL_NAME must be a single line, not "),
        ("SITE_URL", "kent.example", "SITE_URL must be an address that starts with http: or https:."),
        ("DATABASE_URL", "mysql://u:secret@db/eoi", "DATABASE_URL must be postgresql+psycopg://... or sqlite:///FILE."),
        ("SMTP_URL", "mail.kent.example", "SMTP_URL must be an address that starts with console: or smtp: or "),
        ("SECRET_KEY", "short", "SECRET_KEY must be 32 characters or more."),
        ("OIDC_ISSUER", "http://login.example", "OIDC_ISSUER must be an address that starts with https:, not "),
        ("OIDC_GROUPS", "g1=headteacher", "OIDC_GROUPS must be group=role pairs separated by commas; the roles are "),
        ("OIDC_GROUPS", "admin", "OIDC_GROUPS must be group=role pairs separated by commas; the roles are "),
        ("OIDC_ISSUER", "https://login.example", "The council's sign-in needs OIDC_CLIENT_ID and OIDC_CLIENT_"),
        ("EOI_STAFF_PASSWORDS", "0", "EOI_STAFF_PASSWORDS=0 needs the council's sign-in: set OIDC_ISSUER and "),
    ],
)
def test_settings_refuse_in_one_line(tmp_path, name, typed, said):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **{name: typed})
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_settings_of_the_councils_sign_in(tmp_path):
    oidc = {"OIDC_ISSUER": "https://login.example/t/v2.0/", "OIDC_CLIENT_ID": "eoi", "OIDC_CLIENT_SECRET": "x"}
    settings = read(tmp_path, **oidc, OIDC_GROUPS="a1=sen_officer, b=2=admin", EOI_STAFF_PASSWORDS="0")
    assert settings.OIDC_ISSUER == "https://login.example/t/v2.0"
    assert settings.OIDC_GROUPS == (("a1", Role.SEN_OFFICER), ("b=2", Role.ADMIN))
    assert not settings.as_flask()["STAFF_PASSWORDS"]


@pytest.mark.parametrize(("demonstration", "needed"), [("0", True), ("1", False)])
def test_staff_need_a_second_step_outside_a_demonstration(tmp_path, demonstration, needed):
    assert read(tmp_path, EOI_DEMONSTRATION=demonstration).as_flask()["SECOND_FACTOR_FOR_STAFF"] is needed


def test_secret_key_is_made_once_for_the_owner_only(tmp_path):
    folder = tmp_path / "new" / "data"
    first, second = read(folder), read(folder)
    file = folder / "secret_key"
    assert first.SECRET_KEY == second.SECRET_KEY == file.read_text()
    assert len(first.SECRET_KEY) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_secret_key_that_is_damaged_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SettingsError, match=r"The secret key in .* cannot be used. Delete it to make a new one\."):
        read(tmp_path)


def test_data_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as refused:
        read(tmp_path / "file" / "data")
    reason = f"The data folder {tmp_path}/file/data cannot be written (Not a directory)."
    assert str(refused.value) == f"{reason} Choose another with EOI_DATA_DIR=FOLDER."


def test_described_settings_name_each_with_its_purpose():
    rows = {name: (default, what) for name, default, what in described()}
    assert rows["EOI_DATA_DIR"] == ("instance", "The data folder")
    assert rows["PORT"][0] == "5000"
    assert rows["EOI_DEMONSTRATION"][0] == "0"
    assert all(what for _, what in rows.values())
