"""How fast the rules are found: ``python tests/benchmarks/scan.py [FILE]``.

The file (by default the samples of the project) is repeated to 10 MB of UTF-8.
Prints MB of UTF-8 a second of CPU time, the best of three, for one scan of all
rules, for plain ``re`` rule by rule, and for the automaton alone; then the
slowest rules. The hits of both must be equal; functions over the whole text
are left out, for they cost the same either way.
"""

import sys
import time
from pathlib import Path

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.rule import RULES
from normtool.scan import Scanner

MEGABYTES = 10
ROOT = Path(__file__).parents[2]


def timed(run, times=3):
    """The least CPU seconds of a few runs, and what the run returned."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        result = run()
        best = min(best, time.process_time() - start)
    return best, result


def main(path=None):
    files = [Path(path)] if path else sorted((ROOT / "samples").rglob("*.txt"))
    if not files:
        sys.exit("no samples/*.txt; name a text file: python tests/benchmarks/scan.py FILE")
    text = "\n".join(file.read_text("utf-8") for file in files)
    text *= -(-MEGABYTES * 1_000_000 // len(text.encode()))
    size = len(text.encode()) / 1e6
    rules = [rule for rule in RULES.values() if rule.pattern is not None]
    building, scanner = timed(lambda: Scanner(rules))
    codes = [rule.code for rule in rules]

    def ours():
        scan = scanner.scan(text)
        return [list(scan.find(code)) for code in codes]

    alone, places = timed(lambda: scanner._places(text))
    fast, found = timed(ours)
    plain, expected = timed(lambda: [list(rule.find(text)) for rule in rules], 1)
    hits = sum(map(len, expected))
    print(f"{len(rules)} rules, {size:.1f} MB, {hits} hits ({hits / size / 1000:.1f} per KB)")
    print(f"build          {building * 1000:7.1f} ms, {len(scanner._targets)} trigger strings")
    print(f"one scan       {size / fast:7.1f} MB/s")
    print(f"re by rule     {size / plain:7.1f} MB/s, one scan is {plain / fast:.1f} times as fast")
    stops = sum(len(starts) for each in places.values() for _, starts in each)
    print(f"automaton only {size / alone:7.1f} MB/s, {stops} stops")
    print(f"hits           {'equal' if found == expected else 'DIFFER'}")
    scan = scanner.scan(text)
    scan.find(codes[0])
    costs = sorted(((timed(lambda c=c: list(scan.find(c)), 2)[0], c) for c in codes), reverse=True)
    print("dearest: ms, way, hits, code")
    for cost, code in costs[:12]:
        print(f"{cost * 1000:9.1f} {scanner.ways[code]:8} {len(found[codes.index(code)]):7} {code}")
    sys.exit(found != expected)


if __name__ == "__main__":
    main(*sys.argv[1:])
