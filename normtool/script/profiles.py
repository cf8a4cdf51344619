"""The profiles of ``--script``: where a conversion leads, and by which way."""

from __future__ import annotations

from normtool.records import NamedTuple
from normtool.script.quotes import CORNER, KEEP
from normtool.variants import HONG_KONG, JAPAN, STANDARD, TAIWAN


class Profile(NamedTuple):
    """Where a conversion leads, and by which OpenCC configurations, one after the other.

    hans    for simplified lines
    hant    for traditional lines, by the standard they follow: tw, hk, t, jp
    quotes  the style of quotation marks in what is made for readers there
    """

    name: str
    language: str
    doc: str
    hans: tuple[str, ...]
    hant: dict[str, tuple[str, ...]]
    quotes: str = KEEP


def _ways(tw: str, hk: str, t: str, jp: str) -> dict[str, tuple[str, ...]]:
    ways = {TAIWAN: tw, HONG_KONG: hk, STANDARD: t, JAPAN: jp}
    return {standard: tuple(way.split()) for standard, way in ways.items()}


#: The profiles of ``--script``, by name. A text that is in the script already is
#: left alone by hans, hant and jp; tw and hk still bring a traditional text to the
#: standard of the place. OpenCC exchanges words from simplified text only.
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("hans", "zh-Hans", "simplified", (), _ways("tw2s", "hk2s", "t2s", "jp2t t2s")),
        Profile(
            "hant",
            "zh-Hant",
            "traditional, OpenCC standard",
            ("s2t",),
            _ways("", "", "", "jp2t"),
        ),
        Profile(
            "tw",
            "zh-Hant-TW",
            "traditional as in Taiwan, characters only",
            ("s2tw",),
            _ways("t2tw", "hk2t t2tw", "t2tw", "jp2t t2tw"),
            CORNER,
        ),
        Profile(
            "twp",
            "zh-Hant-TW",
            "traditional as in Taiwan, and Taiwan's words (项目 → 專案)",
            ("s2twp",),
            _ways("t2tw", "hk2t t2tw", "t2tw", "jp2t t2tw"),
            CORNER,
        ),
        Profile(
            "hk",
            "zh-Hant-HK",
            "traditional as in Hong Kong, characters only",
            ("s2hk",),
            _ways("tw2t t2hk", "t2hk", "t2hk", "jp2t t2hk"),
            CORNER,
        ),
        Profile(
            "jp",
            "zh-Hani-JP",
            "the shapes of Japan (shinjitai), characters only",
            ("s2t", "t2jp"),
            _ways("tw2t t2jp", "hk2t t2jp", "t2jp", ""),
        ),
    )
}

# What an OpenCC configuration leads to: the part of its name behind the 2.
# Shinjitai is neither Hans nor Hant; the words stay Chinese.
_TARGETS = {
    "s": "zh-Hans",
    "sp": "zh-Hans",
    "t": "zh-Hant",
    "tw": "zh-Hant-TW",
    "twp": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "hkp": "zh-Hant-HK",
    "jp": "zh-Hani-JP",
}


def find_profile(name: str) -> Profile:
    """The profile of that name, or one that runs the OpenCC configuration of that name.

    Raises ValueError, with the nearest names, if there is neither.
    """
    if name in PROFILES:
        return PROFILES[name]
    import opencc

    configurations = sorted(config.removesuffix(".json") for config in opencc.CONFIGS)
    if name in configurations:
        always = (name,)
        return Profile(name, target(name), f"OpenCC {name}", always, _ways(name, name, name, name))
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), [*PROFILES, *configurations], n=3, cutoff=0.5)
    raise ValueError(
        f"unknown script {name!r}"
        + (f"; did you mean {' or '.join(near)}?" if near else ".")
        + f" Known are {', '.join(PROFILES)} and the OpenCC configurations"
        + f" {', '.join(configurations)}."
    )


def target(configuration: str) -> str:
    """The BCP 47 tag of what an OpenCC configuration writes."""
    return _TARGETS.get(configuration.rpartition("2")[2], "zh")
