"""Programs of other people read our TEI: each where it is installed, else skipped with a reason.

    pip install saxonche dapytains acdh-tei-pyutils
    pip install standoffconverter 'pandas<2' 'numpy<2'      (its views break with later ones)
    npm install CETEIcean, with NODE_PATH leading to its node_modules; and Chromium

The text that they give is that of our own plain text, blanks aside.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from normtool.export import tei, text
from normtool.pipeline import prepare
from normtool.read import from_text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
T = "{" + NAMESPACE + "}"

SOURCE = (
    "在防汛工作会议上的讲话\n\n同志们:汛期将至,我讲三 点意见。\n\n一、认清形势\n"
    "去年受灾*.*万亩，形势严竣，不容松劲。\n\n二、落实责任\n各县要把责任落实到人。\n\n谢谢大家！\n"
)


@pytest.fixture(scope="module")
def document():
    made = prepare(from_text(SOURCE, "防汛.txt"))
    assert made.speeches == [1]
    return made


@pytest.fixture(scope="module")
def file(document, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("tei") / "防汛.1.zh-Hans.xml"
    with path.open("wb") as stream:
        tei.write(document, stream, date="2024-05-06")
    return path


@pytest.fixture(scope="module")
def clean(document) -> str:
    """The text that every reader must give, without blanks."""
    stream = io.BytesIO()
    text.write(document, stream)
    words = without_blanks(stream.getvalue().decode())
    assert "三点意见" in words
    assert "形势严峻" in words
    return words


def without_blanks(words: str) -> str:
    return re.sub(r"\s", "", words)


def installed(module: str):
    """The module, or a skip that says how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        pytest.skip(f"{module} is not installed ({error})")


def test_saxon_runs_an_xpath(file, clean):
    saxon = installed("saxonche")
    with saxon.PySaxonProcessor(license=False) as processor:
        xpath = processor.new_xpath_processor()
        xpath.declare_namespace("t", NAMESPACE)
        xpath.set_context(file_name=str(file))
        words = xpath.evaluate_single(
            "string-join(//t:body//text()[not(ancestor::t:choice and (ancestor::t:sic or "
            "ancestor::t:orig))])"
        )
        assert without_blanks(words.string_value) == clean
        corrected = xpath.evaluate_single("string-join(//t:choice/t:corr, '|')")
        assert corrected.string_value == "严峻"


def test_dapytains_resolves_the_citations(file):
    """The reference implementation of DTS: sections are cited by their numbers."""
    module = installed("dapytains.tei.document")
    document = module.Document(str(file))
    found = document.get_reffs(None)
    assert [one.ref for one in found] == ["1", "2", "3"]  # the third: closing words
    passage = document.get_passage("2")
    words = without_blanks("".join(passage.getroottree().getroot().itertext()))
    assert "二、落实责任各县要把责任落实到人。" in words
    assert "认清形势" not in words


def test_acdh_reads_the_clean_text(file, clean):
    reader = installed("acdh_tei_pyutils.tei")
    tools = installed("acdh_tei_pyutils.utils")
    body = reader.TeiReader(str(file)).any_xpath(".//tei:body")[0]
    words = tools.extract_fulltext(body, tag_blacklist=[T + "sic", T + "orig"])
    assert without_blanks(words) == clean


def test_standoffconverter_reads_the_clean_text(file, clean):
    module = installed("standoffconverter")
    pandas = installed("pandas")
    if int(pandas.__version__.split(".")[0]) >= 2:
        pytest.skip(f"standoffconverter needs pandas<2, this is {pandas.__version__}")
    from lxml import etree

    standoff = module.Standoff(etree.parse(str(file)), namespaces={"tei": NAMESPACE})
    view = module.View(standoff)
    view = view.exclude_inside(lambda e: getattr(e, "tag", "") in (T + "sic", T + "orig"))
    assert without_blanks(view.get_plain()) == clean


def ceteicean() -> Path:
    """The script of CETEIcean, where NODE_PATH leads to it."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        script = Path(folder) / "CETEIcean" / "dist" / "CETEI.js"
        if folder and script.is_file():
            return script
    pytest.skip("CETEIcean is not installed (npm install CETEIcean; NODE_PATH=.../node_modules)")


PAGE = """<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>TEI</title>
<style>
  tei-teiheader, tei-standoff, tei-choice tei-sic, tei-choice tei-orig {{ display: none }}
  tei-head, tei-p, tei-opener {{ display: block; margin: .6em 0 }}
  tei-head {{ font-weight: bold }}
  tei-corr, tei-reg, tei-supplied {{ background: #fe8 }}
  tei-gap {{ color: #777 }}
</style>
<div id="speech"></div><pre id="said"></pre>
<script type="text/plain" id="source">{source}</script>
<script>
  const said = document.getElementById("said");
  window.onerror = message => {{ said.textContent = "ERROR " + message; }};
</script>
<script>{script}</script>
<script>
  new CETEI().makeHTML5(document.getElementById("source").textContent, data => {{
    document.getElementById("speech").appendChild(data);
    if (!said.textContent) said.textContent = document.getElementById("speech").innerText;
  }});
</script></html>
"""


def test_ceteicean_shows_the_clean_text(file, clean, tmp_path):
    """In a headless browser, with six lines of CSS: no script error, the words as they read."""
    script = ceteicean().read_text("utf-8")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    browser = browser or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium (apt install chromium)")
    source = file.read_text("utf-8").partition("?>")[2].lstrip()
    page = tmp_path / "speech.html"
    page.write_text(PAGE.format(source=source, script=script), "utf-8")
    run = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=900,700",
           f"--user-data-dir={tmp_path / 'profile'}"]  # fmt: skip
    dumped = subprocess.run(
        [*run, "--virtual-time-budget=5000", "--dump-dom", page.as_uri()],
        capture_output=True, check=False, timeout=60,
    ).stdout.decode()  # fmt: skip
    said = re.search(r'<pre id="said">(.*?)</pre>', dumped, re.DOTALL)
    assert said is not None, dumped[:2000]
    assert without_blanks(said[1]) == clean
    picture = Path(os.environ.get("NORMTOOL_SCREENSHOT", tmp_path / "speech.png"))
    subprocess.run(
        [*run, f"--screenshot={picture}", page.as_uri()],
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")
