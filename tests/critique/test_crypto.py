"""The lock on free text: what it keeps in, what it does not open, and keys that come and go."""

import secrets
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from chibo.env import content_keys
from critique.sealing.crypto import STEP, Keyring, Unreadable, key_from

PLACE = "critique_selfreview|body|participant_id=7"
WORDS = {"A.II": [{"shortcoming": "Đôi khi nóng nảy"}]}


def new_key() -> str:
    return secrets.token_urlsafe(32)


def ring(*keys: str) -> Keyring:
    return Keyring([key_from(key) for key in keys])


def test_what_was_sealed_opens_with_the_same_key_and_shows_none_of_its_words() -> None:
    keys = ring(new_key())
    sealed = keys.seal(WORDS, PLACE)
    assert keys.open(sealed, PLACE) == WORDS
    assert ("nóng" in sealed, sealed == keys.seal(WORDS, PLACE)) == (False, False)


@pytest.mark.parametrize(
    "place", ["critique_selfreview|body|participant_id=8", "critique_reviewcopy|body|number=7", ""]
)
def test_a_value_put_into_another_persons_row_does_not_open(place: str) -> None:
    keys = ring(new_key())
    with pytest.raises(Unreadable):
        keys.open(keys.seal(WORDS, PLACE), place)


def test_a_value_that_was_changed_does_not_open() -> None:
    keys = ring(new_key())
    sealed = keys.seal(WORDS, PLACE)
    for at in range(len(sealed) - 60, len(sealed), 7):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(Unreadable):
            keys.open(changed, PLACE)


def test_without_the_key_nothing_opens_and_the_error_says_nothing() -> None:
    sealed = ring(new_key()).seal(WORDS, PLACE)
    with pytest.raises(Unreadable) as error:
        ring(new_key()).open(sealed, PLACE)
    assert sealed[12:] not in str(error.value)


def test_an_old_key_still_opens_while_the_new_one_seals() -> None:
    old, new = new_key(), new_key()
    sealed = ring(old).seal(WORDS, PLACE)
    both = ring(new, old)
    assert (both.open(sealed, PLACE), both.is_current(sealed)) == (WORDS, False)
    assert ring(new).open(both.seal(WORDS, PLACE), PLACE) == WORDS


def test_the_length_does_not_tell_who_has_written_a_little_and_who_nothing() -> None:
    keys = ring(new_key())
    assert len({len(keys.seal({"A.I.1": "x" * count}, PLACE)) for count in range(0, STEP - 40, 50)}) == 1


def test_in_production_the_program_does_not_start_without_a_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHIBO_CRITIQUE_KEYS", raising=False)
    with pytest.raises(ImproperlyConfigured, match="CHIBO_CRITIQUE_KEYS is not set"):
        content_keys(debug=False, kept_in=tmp_path / "keys")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("weak", ["ngan", "A" * 43, "not base64 at all !!!", "G0LgRGg52wdkrRUVG_6-CDXUI-qvD2"])
def test_a_key_that_is_not_32_random_bytes_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, weak: str
) -> None:
    monkeypatch.setenv("CHIBO_CRITIQUE_KEYS", f"{new_key()},{weak}")
    with pytest.raises(ImproperlyConfigured, match="number 2 is not 32 random bytes"):
        content_keys(debug=True, kept_in=tmp_path / "keys")


def test_the_same_key_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = new_key()
    monkeypatch.setenv("CHIBO_CRITIQUE_KEYS", f"{key}, {key}")
    with pytest.raises(ImproperlyConfigured, match="same key twice"):
        content_keys(debug=False, kept_in=tmp_path / "keys")


def test_in_debug_a_key_is_made_once_and_only_its_owner_may_read_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHIBO_CRITIQUE_KEYS", raising=False)
    kept = tmp_path / "keys"
    first = content_keys(debug=True, kept_in=kept)
    assert content_keys(debug=True, kept_in=kept) == first
    assert (len(key_from(first[0])), kept.stat().st_mode & 0o777) == (32, 0o600)
