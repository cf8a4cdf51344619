"""How fast the rules are found: ``python tests/benchmarks/scan.py [FILE]``.

The file (by default the samples of the project) is scanned again and again until
10 MB of UTF-8 have passed, as a corpus of such files would be.
Prints MB of UTF-8 a second of CPU time, the best of three, for one scan of all
rules and for plain ``re`` rule by rule (where the patterns match, and with what
the rules make of it), and for the automaton alone; then the dearest rules. The
hits of both must be equal; functions over the whole text are left out, for they
cost the same either way.
"""

import sys
import time
from pathlib import Path

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.decode import decode
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
    text = "\n".join(decode(file.read_bytes())[0] for file in files)
    times = -(-MEGABYTES * 1_000_000 // len(text.encode()))
    size = times * len(text.encode()) / 1e6
    # Other objects, so that nothing can be remembered from one to the next.
    texts = ["".join((text[:1], text[1:])) for _ in range(times)]
    rules = [rule for rule in RULES.values() if rule.pattern is not None]
    building, scanner = timed(lambda: Scanner(rules))
    codes = [rule.code for rule in rules]

    def ours():
        hits = []
        for text in texts:
            scan = scanner.scan(text)
            hits.append([list(scan.find(code)) for code in codes])
        return hits

    def theirs():
        return [[list(rule.find(text)) for rule in rules] for text in texts]

    def places(matches):
        return [match.span() for match in matches]

    def our_places():
        hits = []
        for text in texts:
            scan = scanner.scan(text)
            hits.append([places(scan.matches(code)) for code in codes])
        return hits

    def their_places():
        return [[places(rule.pattern.finditer(text)) for rule in rules] for text in texts]

    alone, _ = timed(lambda: [scanner._stops(text) for text in texts])
    fast, found = timed(ours)
    plain, expected = timed(theirs, 1)
    fast_places, found_places = timed(our_places)
    plain_places, expected_places = timed(their_places, 1)
    equal = found == expected and found_places == expected_places
    hits = sum(len(each) for every in expected for each in every)
    print(f"{len(rules)} rules, {size:.1f} MB, {hits} hits ({hits / size / 1000:.1f} per KB)")
    print(f"build          {building * 1000:7.1f} ms, {scanner.first_rare} trigger strings")
    print("                one scan  re by rule  ratio")
    for name, one, other in (
        ("matches", fast_places, plain_places),
        ("with fixes", fast, plain),
    ):
        print(f"{name:12} {size / one:8.1f} {size / other:11.1f} {other / one:8.1f}   MB/s")
    print(f"automaton only {size / alone:7.1f} MB/s, {len(scanner._stops(text)[0]) * times} stops")
    print(f"hits           {'equal' if equal else 'DIFFER'}")
    scans = [scanner.scan(text) for text in texts]
    costs = []
    for place, code in enumerate(codes):
        cost, _ = timed(lambda code=code: [list(scan.find(code)) for scan in scans], 2)
        costs.append((cost, scanner.ways[code], sum(len(every[place]) for every in found), code))
    print("dearest: ms, way, hits, code")
    for cost, way, count, code in sorted(costs, reverse=True)[:12]:
        print(f"{cost * 1000:9.1f} {way:8} {count:7} {code}")
    sys.exit(not equal)


if __name__ == "__main__":
    main(*sys.argv[1:])
