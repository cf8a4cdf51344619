"""Damage done to sound text on purpose: what pages put around and between a text.

Sites, names and accounts are made up, or of the kind that every such page has.
The wording differs from the examples in the rules wherever it can.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from damage import H, Maker, Wound, maker, named, some

TITLE = re.compile("(?m)^(?:在[^\\n，。]{4,40}(?:讲话|致辞|发言|悼词)|[^\\n，。]{4,30}工作报告)$")
Choice = Callable[[random.Random], str]


def _of(*choices: str) -> Choice:
    def choose(rng: random.Random) -> str:
        number = str(rng.randint(103, 9800))
        day = f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        account = rng.choice("abkgw") + "w" + str(rng.randint(10_000, 9_999_999))
        choice = rng.choice(choices)
        return choice.replace("{n}", number).replace("{day}", day).replace("{id}", account)

    return choose


def _line(pattern: str, choose: Choice, every: int = 400, wanted: str = "") -> Maker:
    """A line of its own before some lines."""

    def make(text: str, rng: random.Random) -> list[Wound]:
        found = some(text, pattern, rng, every)
        return [Wound(m.start(), m.start(), choose(rng) + "\n", wanted) for m in found]

    return make


def _inline(pattern: str, choose: Choice, every: int = 500, wanted: str = "") -> Maker:
    """Something in the middle of a line."""

    def make(text: str, rng: random.Random) -> list[Wound]:
        found = some(text, pattern, rng, every)
        return [Wound(m.start(), m.start(), choose(rng), wanted) for m in found]

    return make


_ANY = "(?m)^(?=.)(?<=[。！]\\n)"
_FIRST = "\\A(?=.)"
_LAST = "(?<=[。！]\\n)\\Z"
_BODY = "(?m)(?<=[。！])(?=\\n)"
_MID = f"(?<={H}[。，])(?={H})"


# The title and what stands beside it.


@maker
def site_behind_title(text: str, rng: random.Random) -> list[Wound]:
    choose = _of(
        "_领导讲话_文秘写作网",
        " - 公文易文秘资源网",
        "|好范文网",
        "_第一范文网",
        "-百度文库",
        " - 豆丁网",
        "_应届毕业生网",
        "_公务员之家",
        "——笔杆子文库",
        "_讲话稿_范文大全_老秘书网",
    )
    return [Wound(m.end(), m.end(), choose(rng)) for m in TITLE.finditer(text)]


@maker
def title_repeated(text: str, rng: random.Random) -> list[Wound]:
    return [
        Wound(m.end(), m.end(), rng.choice(("\n", "\n\n")) + m[0]) for m in TITLE.finditer(text)
    ]


@maker
def compilation_labels(text: str, rng: random.Random) -> list[Wound]:
    titles = list(TITLE.finditer(text))
    if len(titles) < 2:
        return []
    form = rng.choice(("篇{}：", "篇{}:", "第{}篇 ", "范文{}：", "【篇{}】"))
    numerals = "一二三四五" if form.startswith("第") else "12345"
    return [
        Wound(m.start(), m.start(), form.format(n)) for m, n in zip(titles, numerals, strict=False)
    ]


@maker
def metadata_below_title(text: str, rng: random.Random) -> list[Wound]:
    choose = _of(
        "发布时间：{day} 09:12　来源：县政府办公室　浏览次数：{n}",
        "{day} 来源：网络 作者：佚名 点击：{n}次",
        "更新时间：{day} 16:40:05　字体：大 中 小",
        "来源：本站原创 | 发布日期：{day} | 阅读：{n}次",
        "时间:{day} 10:24:00 来源:网友投稿 点击:{n}",
        "上传人：wenku{n}　文档编号：{n}　上传时间：{day}　格式：DOC　页数：6",
        "发表于 {day} 21:30,全文约 {n} 字",
        "【字体：大 中 小】【打印本页】",
    )
    return [Wound(m.end(), m.end(), "\n" + choose(rng)) for m in TITLE.finditer(text)]


named("counter_above_title", _line(_FIRST, _of("0", "{n}")))


@maker
def page_of_pages(text: str, rng: random.Random) -> list[Wound]:
    choose = _of(" (第2/3页)", "（第1/4页）")
    return [Wound(m.end(), m.end(), choose(rng)) for m in TITLE.finditer(text)]


# The ways through the site.

named(
    "path_to_page",
    _line(
        _FIRST,
        _of(
            "当前位置：首页 > 范文 > 领导讲话 > 正文",
            "您现在的位置：首页>>讲话致辞>>开幕词",
            "您的位置： 网站首页 → 公文写作 → 讲话稿 → 内容",
            "首页 » 党政公文 » 会议讲话",
            "当前位置:网站首页 / 讲话大全 / 正文",
        ),
    ),
)
named(
    "links_below",
    _line(
        _LAST,
        _of(
            "上一篇：在全县教育大会上的讲话",
            "下一篇:没有了",
            "上一篇：在春训班上的讲话　下一篇：在秋收动员会上的讲话",
            "【上一篇】 关于召开会议的通知",
            "相关文章：",
        ),
    ),
)
named(
    "pages_to_turn_to",
    _line(
        _ANY,
        _of(
            "[1] [2] [3] 下一页",
            "共3页: 上一页 1 2 3 下一页",
            "上一页 [1] [2] 下一页",
            "首页 上一页 1 2 下一页 末页",
        ),
        900,
    ),
)
named(
    "buttons",
    _line(
        _LAST,
        _of(
            "[打印本页] [关闭窗口]",
            "【打印此文】【关闭窗口】【返回顶部】",
            "打印 收藏 关闭窗口",
            "收藏本文 | 打印本文 | 我要纠错",
            "分享到： 微信 微博 QQ空间",
            "点击下载全文",
        ),
    ),
)


@maker
def page_numbers(text: str, rng: random.Random) -> list[Wound]:
    form = rng.choice(("第{}页 共{}页", "- {} -", "第 {} 页", "{}/{}", "—{}—"))
    found = some(text, "(?m)^(?=.)(?<=[^\\n]\\n)", rng, 250)
    if len(found) < 2:
        return []
    return [
        Wound(m.start(), m.start(), form.format(n, len(found)) + "\n")
        for n, m in enumerate(found, 1)
    ]


@maker
def watermark_between_lines(text: str, rng: random.Random) -> list[Wound]:
    mark = rng.choice(("老秘书公文网", "www.gwmishu.example", "【写稿人网 整理】", "好稿文库"))
    found = some(text, "(?m)^(?=.)(?<=[^\\n]\\n)", rng, 150)
    return [Wound(m.start(), m.start(), mark + "\n") for m in found] if len(found) > 2 else []


# Adverts.

named(
    "advert_in_brackets",
    _inline(
        _BODY,
        _of(
            "【更多讲话材料，请加微信：{id}】",
            "（需要全文请加QQ：{n}88，客服在线）",
            "【公文代写，微信号：{id}】",
            "[领导讲话稿大全，添加微信 {id} 免费领取]",
        ),
    ),
)
named(
    "advert_sentence",
    _inline(
        _BODY,
        _of(
            "更多范文请关注微信公众号：{id}，免费下载！",
            "需要完整版讲话稿，请添加微信{id}获取。",
            "请点击👉 {id} 👈联系客服，领取全部素材！",
            "公文写作资料请加QQ群：{n}88。",
        ),
    ),
)
named(
    "advert_line",
    _line(
        _ANY,
        _of(
            "更多讲话稿请加微信：{id}",
            "关注公众号“笔杆子公文”，回复“讲话”领取资料大礼包",
            "本站提供代写各类公文、讲话稿服务，QQ：{n}88",
            "好稿文库，您身边的公文写作专家",
        ),
    ),
)
named(
    "address_as_stamp",
    _inline(
        _MID,
        _of(
            "w w w . l a o m i . c o m",
            "ｗｗｗ．ｇｗｍｓ．ｃｏｍ",
            "【www.gwms.com】",
            "（www.laomishu.net 老秘书网）",
            "[来源:www.gwms.com]",
        ),
    ),
)
named(
    "slogan_in_word",
    _inline(
        f"(?<={H})(?={H})",
        _of("公务员之家，全国公务员共同天地", "好范文，全国公务员公同的天地"),
        700,
    ),
)
named(
    "preface_of_collector",
    _line(
        _FIRST,
        _of(
            "下面是小编为大家整理的在会议上的讲话，供大家参考，希望对你有所帮助！",
            "以下是由小编为大家收集的领导讲话范文，欢迎阅读。",
            "小编精心整理了几篇讲话稿，希望能帮到大家！",
            "编者按：本文主要从思想认识和工作措施两方面进行论述。其中，主要内容包括：总结成绩、部署任务。具体材料请详见：",
        ),
    ),
)
named(
    "afterword_of_collector",
    _line(
        _LAST,
        _of(
            "以上就是小编为您整理的讲话稿全文，希望您喜欢！",
            "以上是本站小编给大家分享的领导讲话，欢迎收藏。",
            "更多热门讲话稿推荐：",
        ),
    ),
)
named(
    "line_on_source",
    _line(
        _LAST,
        _of(
            "本文来源：老秘书公文网，转载请注明出处。",
            "文章来源于网络，如有侵权请联系删除。",
            "转载请注明来自好稿文库，本文地址：http://www.hgwk.example/a/{n}.html",
            "免责声明：本站文章均由网友上传，不代表本站观点，如有侵权请联系我们删除。",
            "版权所有 老秘书网 未经授权 禁止转载",
            "（责任编辑：xiaomi）",
        ),
    ),
)
named(
    "source_behind_text",
    _inline(
        "(?<=[。！])(?=\\n\\Z)",
        _of("本文来自老秘书公文网，转载请注明。", "（责任编辑：admin）", "（来源：好范文网）"),
    ),
)
named(
    "footer_of_document_site",
    _line(
        _LAST,
        _of(
            "由会员分享，可在线阅读，更多相关《在会议上的讲话（6页珍藏版）》请在好稿文库上搜索。",
            "【提示】本文档来源自好稿文库（www.hgwk.example），下载、转发请保留以上标记，谢谢！",
            "文档贡献者：laomi{n}　该文档贡献者很忙，什么也没留下。",
        ),
    ),
)


# Against copying.


@maker
def scattered_signs(text: str, rng: random.Random) -> list[Wound]:
    """As Discuz makes them: a sign or digit, a blank, a letter or sign, over and over."""

    def noise() -> str:
        pairs = ((rng.randint(33, 59), rng.randint(63, 126)) for _ in range(rng.randint(5, 15)))
        return "".join(f"{chr(a)} {chr(b)}" for a, b in pairs)

    return [
        Wound(m.end(), m.end(), rng.choice(("", "\n")) + noise())
        for m in some(text, _BODY, rng, 300)
    ]


@maker
def dot_behind_de(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(m.end(), m.end(), ".") for m in some(text, f"(?<!目)的(?={H})", rng, 200)]


@maker
def pinyin_behind_characters(text: str, rng: random.Random) -> list[Wound]:
    readings = dict(
        zip(
            "发展工作会议经济年大人",
            ["fā", "zhǎn", "gōng", "zuò", "huì", "yì", "jīng", "jì", "nián", "dà", "rén"],
            strict=True,
        )
    )
    found = [m for m in re.finditer("[发展工作会议经济年大人]", text) if rng.random() < 0.7]
    if len(found) < 12 or len(found) < len(text) / 40:
        return []
    return [Wound(m.end(), m.end(), f"({readings[m[0]]})") for m in found]


# What the page holds back.

named(
    "rest_held_back",
    _line(
        _LAST,
        _of(
            "（未完，全文共{n}字，当前仅显示600字）",
            "此处隐藏{n}个字，VIP会员可见",
            "试读结束，阅读全文请开通会员",
            "剩余70%未读，付费后即可阅读全文",
            "登录后可查看全文",
            "（以下省略{n}字）",
        ),
        wanted="□\n",
    ),
)
named(
    "part_held_back",
    _inline(_BODY, _of("（此处省略{n}字）", "【此处隐藏{n}字，会员可见】"), 700, "□"),
)
