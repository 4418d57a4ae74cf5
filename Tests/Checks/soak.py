# SPDX-License-Identifier: Apache-2.0
"""Judges what soak.sh left: soak.py FOLDER REPORT REVISION SHORT KIB_BEFORE KIB_AFTER DESCRIPTORS_BEFORE DESCRIPTORS_AFTER"""
import datetime
import json
import os
import platform
import statistics
import sys

# What may be gained over the second half of the long calls, beside what one call takes and gives back.
MOST_KIB = 8 * 1024
MOST_DESCRIPTORS = 12
MOST_THREADS = 4
# Microseconds; and never less than a doubling, for machines have other work too.
MOST_LATE = 20_000
# Calls that the server holds, bots that have not returned among them, beside what comes and goes.
MOST_CALLS = 12
# A leak of a KiB for each short call would be seen, what an allocator keeps would not.
MOST_KIB_PER_CALL = 1.0


def rise(values):
    """The medians of the last quarter less that of the second one: the first is for what fills once."""
    quarter = len(values) // 4
    return statistics.median(values[-quarter:]) - statistics.median(values[quarter : 2 * quarter])


def verdicts(samples, reports, short, left=0):
    """What is wrong, in words. `samples`: time, descriptors, threads, KiB, calls, µs of frame age and of lateness; `short`:
    calls, KiB and descriptors around them; `left`: calls when all were over."""
    wrong = []
    calls, before, after, sockets_before, sockets_after = short
    opened = reports["short"]["calls_opened"]
    if opened < calls * 0.9:
        wrong.append(f"only {opened} of {calls} short calls came about in their time")
    if after - before > max(MOST_KIB, MOST_KIB_PER_CALL * opened):
        wrong.append(f"memory rose by {after - before} KiB over {opened} short calls")
    if sockets_after > sockets_before:
        wrong.append(f"{sockets_after - sockets_before} descriptors were not given back")
    if len(samples) < 8:
        return wrong + [f"only {len(samples)} samples"]
    if left:
        wrong.append(f"{left} calls or their bots were left when all were over")
    for place, name in ((5, "frame age"), (6, "the server's lateness")):
        values = [sample[place] for sample in samples]
        quarter = len(values) // 4
        if rise(values) > max(MOST_LATE, statistics.median(values[quarter : 2 * quarter])):
            wrong.append(f"{name} rose: its p99 so far was {values[0]:.0f} µs at first, {values[-1]:.0f} at last")
    for place, name, most in ((1, "descriptors", MOST_DESCRIPTORS), (2, "threads", MOST_THREADS), (3, "KiB", MOST_KIB),
                              (4, "calls held", MOST_CALLS)):
        gained = rise([sample[place] for sample in samples])
        if gained > most:
            wrong.append(f"{name} rose by {gained:.0f} from the second quarter to the last, at most {most}")
    late = reports["stay"]["p99_over_time_us"]
    if rise(late) > max(MOST_LATE, statistics.median(late)):
        wrong.append(f"lateness rose: p99 over time was {late} µs")
    for name, report in reports.items():
        if not report["passed"]:
            wrong.append(f"{name}: " + "; ".join(fault["detail"] for fault in report["faults"]))
    return wrong


def slope(samples, place, gain):
    """The samples, one of whose figures rises by so much a second."""
    return [(*sample[:place], sample[place] + gain * sample[0], *sample[place + 1 :]) for sample in samples]


def prove():
    """Each planted slope must be named."""
    good = {"passed": True, "faults": [], "calls_opened": 100, "p99_over_time_us": [5_000] * 12}
    reports = {"short": good, "stay": good}
    flat = [(2 * n, 50, 10, 50_000, 200, 900, 2_100) for n in range(40)]
    quiet = (100, 50_000, 50_100, 50, 50)
    planted = {
        "KiB": (slope(flat, 3, 1000), reports, quiet),
        "descriptors rose": (slope(flat, 1, 1), reports, quiet),
        "threads": (slope(flat, 2, 0.25), reports, quiet),
        "calls held": (slope(flat, 4, 1), reports, quiet),
        "frame age": (slope(flat, 5, 1000), reports, quiet),
        "the server's lateness": (slope(flat, 6, 1000), reports, quiet),
        "were left": (flat, reports, quiet, 1),
        "not given back": (flat, reports, (100, 50_000, 50_100, 50, 57)),
        "memory rose": (flat, reports, (100, 50_000, 90_000, 50, 50)),
        "came about": (flat, dict(reports, short=dict(good, calls_opened=10)), quiet),
        "lateness rose": (flat, dict(reports, stay=dict(good, p99_over_time_us=[5_000 * n for n in range(12)])), quiet),
        "lost": (flat, {"short": good, "stay": dict(good, passed=False, faults=[{"detail": "3 lost"}])}, quiet),
    }
    if verdicts(flat, reports, quiet):
        sys.exit("FAILED: the judge finds fault with a server that has none")
    for name, arguments in planted.items():
        if not any(name in words for words in verdicts(*arguments)):
            sys.exit(f"FAILED: the judge does not see the planted fault '{name}'")
    print(f"planted: {len(planted)} slopes and losses are seen")


def quarters(values):
    return " | ".join(f"{statistics.median(values[n * len(values) // 4 : (n + 1) * len(values) // 4]):,.0f}" for n in range(4))


def write(file, revision, short, samples, reports, desk, wrong):
    """The run as a page: what was done, what was lost, and each figure by quarters of the long calls."""
    minutes = (samples[-1][0] - samples[0][0]) / 60 if samples else 0
    lines = [
        "# Soak",
        "",
        f"`make soak`, {datetime.date.today()}, revision {revision}; {os.cpu_count()} cores, Linux {platform.release()}; "
        f"load tool and server on one machine. {short[0]:,} short calls, then {minutes:.0f} minutes of long ones with churn, keys and "
        f"platforms that misbehave ({desk} calls, one after the other).",
        "",
        f"**{'Nothing rises, nothing was lost.' if not wrong else 'Faults: ' + '; '.join(wrong)}**",
        "",
        "| calls | opened | failed | frames sent | came back as sent | p50 ms | p99 ms | p99.9 ms | most ms |",
        "|" + " --- |" * 9,
    ]
    for name, report in reports.items():
        late = report["latency_from_deadline_us"]
        times = " | ".join(f"{late[key] / 1000:.1f}" for key in ("p50", "p99", "p999", "max"))
        lines.append(f"| {name} | {report['calls_opened']:,} | {report['calls_failed']} | {report['frames_sent']:,} "
                     f"| {report['frames_received']:,} | {times} |")
    lines += [
        "",
        "Latency is from the deadline of each frame: it holds the load tool's own delay.",
        "",
        "| long calls, median of a quarter | first | second | third | last |",
        "|" + " --- |" * 5,
    ]
    for place, name in ((1, "descriptors"), (2, "threads"), (3, "resident KiB"), (4, "calls held, with their bots"),
                        (5, "p99 age of frames so far, µs"), (6, "p99 lateness of deadlines so far, µs")):
        lines.append(f"| {name} | {quarters([sample[place] for sample in samples])} |")
    lines.append(f"| p99 lateness of those that stay, µs | {quarters(reports['stay']['p99_over_time_us'])} |")
    lines += ["", f"Short calls: {short[1]:,} KiB and {short[3]} descriptors before, {short[2]:,} KiB and {short[4]} after.", ""]
    with open(file, "w") as page:
        page.write("\n".join(lines))


def main():
    prove()
    folder, page, revision = sys.argv[1:4]
    short = tuple(int(word) for word in sys.argv[4:9])
    with open(f"{folder}/samples") as lines:
        samples = [tuple(float(word) for word in line.split()) for line in lines if len(line.split()) == 7]
    reports = {}
    for name in ("warm", "short", "stay", "churn", "task"):
        with open(f"{folder}/{name}.json") as file:
            reports[name] = json.load(file)
    desk = sum(1 for _ in open(f"{folder}/desk.jsonl"))
    for name, report in reports.items():
        late = report["latency_from_deadline_us"]
        print(f"{name}: {report['calls_opened']} calls, {report['frames_received']} of {report['frames_sent']} frames came back, "
              f"p99 {late['p99'] / 1000:.1f} ms, most {late['max'] / 1000:.0f} ms")
    print(f"desk: {desk} calls with keys and faults")
    for place, name in ((1, "descriptors"), (2, "threads"), (3, "KiB"), (4, "calls held"), (5, "µs of frame age"),
                        (6, "µs of lateness")):
        values = [sample[place] for sample in samples]
        if len(values) >= 8:
            print(f"long calls: {name} {values[0]:.0f} at first, {values[-1]:.0f} at last, rose by {rise(values):.0f} from the "
                  "second quarter to the last")
    with open(f"{folder}/left") as file:
        left = int(file.read().split()[0])
    wrong = verdicts(samples, reports, short, left)
    if desk == 0:
        wrong.append("no call with keys and faults was made")
    write(page, revision, short, samples, reports, desk, wrong)
    print("\n".join(f"FAILED: {words}" for words in wrong) or f"soak: nothing rises, over {len(samples)} samples")
    sys.exit(1 if wrong else 0)


main()
