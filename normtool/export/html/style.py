"""The looks of the page: fonts by language, two columns that wrap together, colours that print."""

from __future__ import annotations

#: What the colours mean, and the box that turns them off.
LEGEND = """<p class="legend"><label><input type="checkbox" id="marks" checked> \
<span lang="en">changes</span> 显示改动</label>
<ins class="error">改正 error</ins> <ins class="convention">规范 convention</ins> \
<ins class="break">分段 break</ins> <ins class="gap">缺失 loss</ins> \
<span class="script">字形 character</span> <span class="word">用词 word</span> \
<span class="quotes">引号 quote</span> <span class="unsure error">存疑 not sure</span></p>"""

STYLE = """\
:root { --ink: #1d1d1b; --soft: #77736a; --rule: #ddd8cc; --paper: #fffdf8; --wash: #f6f1e4; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 84rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.8 "Songti SC", "Noto Serif CJK SC", SimSun, serif; }
body.columns-1 { max-width: 46rem; }
:lang(zh-Hant), :lang(zh-Hant-TW) {
  font-family: "Songti TC", "Noto Serif CJK TC", PMingLiU, "Noto Serif CJK SC", serif; }
:lang(zh-Hant-HK) {
  font-family: "Songti TC", "Noto Serif CJK HK", PMingLiU, "Noto Serif CJK SC", serif; }
:lang(zh-Hani-JP) {
  font-family: "Hiragino Mincho ProN", "Noto Serif CJK JP", "MS Mincho", serif; }
:lang(en), .id, footer { font-family: "Helvetica Neue", Arial, sans-serif; }
header { padding: 2.5rem 0 .75rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.4; }
.about, .legend, footer { margin: .35rem 0; color: var(--soft); font-size: .8125rem; }
.legend > * { margin-right: .6rem; color: var(--ink); white-space: nowrap; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { position: sticky; top: 0; padding: .5rem .75rem; text-align: left; font-size: .8125rem;
  font-weight: 600; color: var(--soft); background: var(--paper);
  border-bottom: 2px solid var(--rule); }
td { padding: .3rem .75rem; vertical-align: top; overflow-wrap: anywhere; }
td + td + td, th + th + th { border-left: 1px solid var(--rule); }
.id { width: 5.25rem; padding-left: 0; font-size: .6875rem; line-height: 2.7; }
.columns-1 .id { width: 7.25rem; }
.id a { color: var(--soft); text-decoration: none; white-space: nowrap; }
.speech + .speech td { border-top: 0; }
.speech + .speech tr:first-child td { border-top: 2px solid var(--rule); padding-top: 1.5rem; }
td > * { margin: 0; white-space: pre-wrap; font-weight: 400; }
td > p { font-size: 1em; }
.paragraph p, .closing p { text-indent: 2em; }
h2 { font-size: 1.35em; font-weight: 700; line-height: 1.5; padding: .4rem 0; }
h3, h4 { font-size: 1.1em; font-weight: 700; }
h5, h6 { font-size: 1em; font-weight: 700; }
.byline p, .meta p { color: var(--soft); }
.removed p { color: var(--soft); font-size: .875em; }
tr:hover td { background: var(--wash); }
tr:target td { background: #fdf0c2; }
ins, del, .script, .word, .quotes, .unsure { text-decoration: none; border-radius: .15em; }
del { text-decoration: line-through; text-decoration-thickness: 1px; }
ins, del, .word, .quotes { padding: 0 .06em; }
.error { background: #ffd9d2; }
.convention { background: #e3efda; }
.break { background: #dde9f7; }
.removal { background: #e9e5dc; }
.gap { background: #f5b7b1; font-weight: 700; }
.word { background: #fde3a7; }
.quotes { background: #dcd6f2; }
.unsure { border-bottom: 1px dashed #a33; }
.nothing { padding: 0; border-left: .2em solid #b9c7a8; background: none; }
.legend .script, tr:hover .script { border-bottom: 1px solid #4a7fb5; }
[title]:hover { outline: 1px solid var(--soft); cursor: help; }
body:not(:has(#marks:checked)) main :is(ins, del, .script, .word, .quotes) {
  background: none; border: 0; padding: 0; text-decoration: none; font-weight: inherit; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
@media (max-width: 40rem) {
  body { padding: 0 .75rem 2rem; font-size: 1rem; }
  .id { display: none; }
  td { padding: .3rem .4rem; }
}
@media print {
  @page { size: A4; margin: 18mm 15mm; }
  body { max-width: none; padding: 0; background: none; font-size: 10pt; line-height: 1.6; }
  header { padding-top: 0; }
  label { display: none; }
  th { position: static; background: none; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2, h3, h4, h5, h6 { break-after: avoid; }
  .script { border: 0; }
  ins, del, .word, .quotes { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
