# SPDX-License-Identifier: Apache-2.0
"""Writes what capacity.py measured: tables, pictures, and each target with its verdict."""
import datetime
import os
import platform
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
from svg import Plot, save
import targets

RESULTS = os.environ.get("RESULTS", os.path.join(HERE, "..", "results"))
# The name of the report and of its pictures: for parts that are measured apart.
REPORT = os.environ.get("REPORT", "capacity")
COLOURS = {
    "VoiceBridge stage": "#d62728", "VoiceBridge task-loop": "#ff7f0e", "VoiceBridge task-pool": "#bcbd22",
    "C echo": "#1f77b4", "C echo, read-ahead": "#17becf", "websockets": "#2ca02c", "ws": "#9467bd", "pipecat": "#7f7f7f",
}
STAGE = "VoiceBridge stage"


def first_line(*words):
    try:
        lines = subprocess.run(words, capture_output=True, text=True).stdout.strip().splitlines()
        return lines[0] if lines else "?"
    except OSError:
        return "not there"


def machine(python):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    peers = subprocess.run([python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True).stdout
    wanted = ("websockets", "uvloop", "orjson", "soxr", "pipecat-ai")
    packages = [line.replace("==", " ") for line in peers.splitlines() if line.split("==")[0] in wanted]
    node = first_line("node", "--version")
    ws = first_line("node", "-p", "require('/usr/share/nodejs/ws/package.json').version")
    return (
        f"{os.cpu_count()} cores, {model}, Linux {platform.release()}; {first_line('swift', '--version')}; "
        f"{first_line('openssl', 'version')}; {first_line(python, '--version')} with {', '.join(packages)}; Node {node} with ws {ws}"
    )


def spread(values):
    return f"{min(values):.1f}–{max(values):.1f}" if values else "–"


def per_frame(found):
    return found["server"]["us_per_frame"]


def comparison(bench, where, setup):
    """The table of one comparison; the CPU per frame of each server."""
    calls, _, options, tls, names = setup
    lines = [
        "| server | CPU µs a frame | spread | of the first | user : kernel | p50 / p99 from the write, µs "
        "| p50 / p99 from the deadline, µs | calls for a core | resident MB | valid runs |",
        "|" + " --- |" * 10,
    ]
    medians = {}
    base = bench.median(where, names[0]) or float("nan")
    for name in names:
        runs = bench.runs.get((where, name), [])
        valid = [found for found in runs if found["valid"]]
        if not valid:
            lines.append(f"| {name} | no valid run |" + " |" * 8)
            continue
        value = bench.median(where, name)
        medians[name] = value
        frame = valid[0]["frame_ms"]

        def middle(*keys):
            def pick(found):
                for key in keys:
                    found = found[key]
                return found

            return statistics.median(pick(found) for found in valid)

        user, system = middle("server", "user_s"), middle("server", "system_s")
        lines.append(
            f"| {name} | {value:.1f} | {spread([per_frame(found) for found in valid])} "
            f"| {value / base:.2f} | {user / max(user + system, 1e-9):.0%} : {system / max(user + system, 1e-9):.0%} "
            f"| {middle('latency_from_write_us', 'p50'):.0f} / {middle('latency_from_write_us', 'p99'):.0f} "
            f"| {middle('latency_from_deadline_us', 'p50'):.0f} / {middle('latency_from_deadline_us', 'p99'):.0f} "
            f"| {1_000 * frame / value:.0f} | {middle('server', 'rss_kib') * 1.024 / 1_000:.0f} | {len(valid)} of {len(runs)} |"
        )
    return lines, medians


def ratio(bench, where, name, other):
    one, two = bench.median(where, name), bench.median(where, other)
    return one / two if one and two else None


def p50(found):
    return found["latency_from_write_us"]["p50"]


def judge(bench, found, settings):
    """Each target's measured value."""
    values = {
        "plain": ratio(bench, "plain", STAGE, "C echo"),
        "tls": ratio(bench, "tls", STAGE, "C echo"),
        "task-loop": ratio(bench, "plain", "VoiceBridge task-loop", "C echo"),
        "task-pool": ratio(bench, "plain", "VoiceBridge task-pool", "C echo"),
        "pcm": ratio(bench, "pcm", STAGE, "C echo"),
        "websockets": ratio(bench, "peers", "websockets", STAGE),
        "ws": ratio(bench, "peers", "ws", STAGE),
        "pipecat": ratio(bench, "pipecat", "pipecat", STAGE),
        "instructions": found["instructions"],
        "allocations": found["allocations"],
    }
    ours, floor = bench.median("plain", STAGE, p50), bench.median("plain", "C echo", p50)
    values["latency"] = ours / floor if ours and floor else None
    if found["memory"]:
        values["memory"] = found["memory"].get((False, "VoiceBridge task-pool", settings["idle"]))
        values["memory-tls"] = found["memory"].get((True, "VoiceBridge task-pool", settings["idle"]))
    if found["new-calls"]:
        values["new-calls"] = found["new-calls"][0]
    if found["system-calls"]:
        values["system-calls"] = found["system-calls"][STAGE][0]
    if found["hour"] and found["hour"][1]:
        values["hour"] = found["hour"][0] / found["hour"][1]
    values["growth"] = max(steps(bench, settings["growth"]), default=None)
    return {name: value for name, value in values.items() if value is not None}


def steps(bench, counts):
    """What a frame costs at each number of calls, to what it costs at the number before; nothing unless all were measured."""
    costs = [bench.median(f"growth {calls}", STAGE) for calls in counts]
    return [later / earlier for earlier, later in zip(costs, costs[1:])] if all(costs) else []


def bars(path, title, values):
    """CPU per frame by server, on a logarithmic axis."""
    names = list(values)
    most = max(values.values()) * 1.5
    ticks = [tick for tick in (1, 3, 10, 30, 100, 300, 1000, 3000) if tick < most]
    plot = Plot(190, 40, 520, 26 * len(names), (1, most), (1, 1 + len(names)), title, "µs of CPU a frame", "", ticks, [], True)
    left, top, width, _ = plot.box
    for row, name in enumerate(names):
        y = top + 26 * row + 5
        across = plot.place(values[name], 1)[0] - left
        plot.parts.append(f'<rect x="{left}" y="{y}" width="{across:.1f}" height="16" fill="{COLOURS.get(name, "#888")}"/>')
        plot.text(left - 6, y + 12, name, "end")
        plot.text(left + across + 5, y + 12, f"{values[name]:.1f}")
    save(path, 780, 26 * len(names) + 90, [plot])


def latencies(path, bench):
    """Latency from the write by quantile."""
    quantiles = (("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999))
    plot = Plot(70, 40, 560, 300, (1, 1000), (10, 100_000), "latency from the write, plain, by quantile", "1 / (1 − quantile)",
                "µs", (1, 2, 10, 100, 1000), (10, 100, 1000, 10_000, 100_000), True)
    names = []
    for (where, name) in bench.runs:
        runs = [found for found in bench.runs[(where, name)] if found["valid"]]
        if where != "plain" or not runs:
            continue
        names.append(name)
        points = [(1 / (1 - part), statistics.median(found["latency_from_write_us"][key] for found in runs))
                  for key, part in quantiles]
        plot.line([(x, max(y, 10)) for x, y in points], COLOURS[name], 2)
    save(path, 680, 410, [plot], names, COLOURS)


def lines_by_calls(path, title, unit, series, log_top):
    counts = sorted({calls for points in series.values() for calls, _ in points})
    top = max(value for points in series.values() for _, value in points)
    ticks = [tick for tick in (1, 3, 10, 30, 100, 300) if tick < top * 2]
    plot = Plot(70, 40, 560, 280, (counts[0] * 0.8, counts[-1] * 1.25), (log_top, top * 2), title, "calls", unit, counts, ticks, True)
    for name, points in series.items():
        plot.line([(x, max(y, log_top)) for x, y in points], COLOURS[name], 2)
    save(path, 680, 390, [plot], list(series), COLOURS)


def write(bench, found, settings):
    """Writes report and pictures; gives the exit status."""
    os.makedirs(RESULTS, exist_ok=True)
    values = judge(bench, found, settings)
    out = ["# Calls on one machine, beside floors and peers", ""]
    out.append(
        f"Made by `make bench-capacity` on {datetime.date.today()}: {machine(settings['python'])}. Loopback; the server alone on "
        f"the first core, with one event loop, and `voicebridge load` on the others. Servers take turns; a figure is the median "
        f"of {settings['rounds']} rounds of {settings['seconds']} s, {settings['settle']} s after the last call began. Every frame that came back was looked at: each call says a "
        f"tone of its own, and a run in which a frame was lost, moved, silent or heard by another call is not used, nor is one "
        f"whose tones do not come back at the level, clear, and with the delay that two rate converters have; the samples that "
        f"the server's ledgers say were received and sent have to be the ones that the load counted. Absolute "
        f"microseconds are this machine's; what is to be compared is ratios of one table."
    )
    noise = [per_frame(run) for run in bench.runs.get(("plain", "C echo"), [])]
    if len(noise) > 1:
        out.append(f"\nNoise: the C echo's own rounds differ by {(max(noise) / min(noise) - 1):.0%} ({spread(noise)} µs).")
    out += ["", "## Targets", "", "| | must | aim | measured | verdict |", "| --- | --- | --- | --- | --- |"]
    failed = []
    for name, (words, must, aim, unit) in targets.TARGETS.items():
        sign = "≥" if name in targets.GREATER else "≤"
        title = words.format(calls=f"{settings['idle']:,}")
        if name not in values:
            out.append(f"| {title} | {sign} {must:g} {unit} | {sign} {aim:g} {unit} | not measured | – |")
            continue
        verdict = targets.verdict(name, values[name])
        if verdict == "missed":
            failed.append(f"{title}: {values[name]:.2f}, must be {sign} {must:g}")
        digits = 0 if abs(values[name]) >= 100 else 2
        shown = {"aim": "aim", "must": "must", "missed": "**missed**"}[verdict]
        reason = f" ({targets.EXCEPTIONS[name]})" if verdict == "missed" and name in targets.EXCEPTIONS else ""
        out.append(f"| {title} | {sign} {must:g} {unit} | {sign} {aim:g} {unit} | {values[name]:,.{digits}f} {unit} | {shown}{reason} |")
    everyone = {}
    titles = {"plain": "Plain", "tls": "WSS", "pcm": "100 ms of PCM16 at 8 kHz a message", "peers": "Peers that do the same work",
              "peers-tls": "The same over WSS", "pipecat": "pipecat-ai"}
    for where, setup in settings["comparisons"].items():
        if not any(key[0] == where for key in bench.runs):
            continue
        lines, medians = comparison(bench, where, setup)
        out += ["", f"## {titles[where]}", "", f"{setup[0]} calls, dialect {setup[1]}.", "", *lines]
        if where in ("plain", "peers", "pipecat"):
            everyone.update({name: value for name, value in medians.items() if name not in everyone})
    if everyone:
        bars(os.path.join(RESULTS, f"{REPORT}-cost.svg"), "CPU a frame of 20 ms, plain", everyone)
        out += ["", f"![CPU a frame by server]({REPORT}-cost.svg)"]
    if any(key[0] == "plain" for key in bench.runs):
        latencies(os.path.join(RESULTS, f"{REPORT}-latency.svg"), bench)
        out += ["", f"![latency by quantile]({REPORT}-latency.svg)"]
    if any(key[0].startswith("growth") for key in bench.runs):
        out += growth(bench, settings)
    if found["full"]:
        out += full(found["full"], settings)
    if found["memory"]:
        out += memory(found["memory"])
    if found["new-calls"]:
        out += ["", "## New calls", "", "| asked for a second | came about | failed | server's cores | opening p99, µs |",
                "|" + " --- |" * 5]
        out += [f"| {rate} | {came:.0f} | {bad} | {cores:.2f} | {p99:.0f} |" for rate, came, bad, cores, p99 in found["new-calls"][1]]
    if found["system-calls"]:
        out += ["", "## System calls for each frame, at 10 calls", "", "| server | for each frame | counted in 4 s |", "| --- | --- | --- |"]
        for name, (each, names) in found["system-calls"].items():
            counted = ", ".join(f"{call} {count}" for call, count in sorted(names.items(), key=lambda item: -item[1])[:6])
            out.append(f"| {name} | {each:.2f} | {counted} |")
    if found["hour"]:
        out += ["", f"Calls that last: {found['hour'][0]} µs a frame; calls of a fifth of that: {found['hour'][1]} µs, with their "
                "beginnings and ends."]
    unknown = [miss for miss in failed if not any(targets.TARGETS[name][0].split("{")[0] in miss for name in targets.EXCEPTIONS)]
    if bench.faults:
        out += ["", "## Runs that were no measurements", ""] + [f"* {fault}" for fault in bench.faults]
    with open(os.path.join(RESULTS, f"{REPORT}.md"), "w") as file:
        file.write("\n".join(out) + "\n")
    print("\n".join(f"FAILED: {words}" for words in unknown) or "every must that was measured holds")
    none = [where for where in settings["comparisons"] if any(key[0] == where for key in bench.runs)
            and bench.median(where, STAGE) is None]
    none += [name for name in ("growth", "hour") if name in settings["asked"] and name not in values]
    print("\n".join(f"FAILED: no valid run of ours in {where}" for where in none))
    return 1 if unknown or none or not values else 0


def growth(bench, settings):
    names = ("C echo", STAGE)
    lines = ["", "## Cost against calls", "", "A third of the calls speak, 100 ms of µ-law a message, the others are up in silence; plain.", "",
             "| calls | " + " | ".join(f"{name}, µs a frame" for name in names) + " | ratio | p99 from the deadline, µs |",
             "|" + " --- |" * 5]
    series = {name: [] for name in names}
    for calls in settings["growth"]:
        values = [bench.median(f"growth {calls}", name) for name in names]
        p99 = bench.median(f"growth {calls}", STAGE, lambda run: run["latency_from_deadline_us"]["p99"])
        shown = [f"{value:.1f}" if value else "–" for value in values]
        both = f"{values[1] / values[0]:.2f}" if all(values) else "–"
        lines.append(f"| {calls:,} | {shown[0]} | {shown[1]} | {both} | {p99:.0f} |" if p99 else f"| {calls:,} | {shown[0]} | {shown[1]} | {both} | – |")
        for name, value in zip(names, values):
            if value:
                series[name].append((calls, value))
    if all(len(points) > 1 for points in series.values()):
        lines_by_calls(os.path.join(RESULTS, f"{REPORT}-growth.svg"), "CPU a frame against calls", "µs a frame", series, 1)
        lines += ["", f"![CPU a frame against calls]({REPORT}-growth.svg)"]
    return lines


def full(found, settings):
    """What became of more calls that speak than a core carries."""
    kinds = ", ".join(f"{failure['count']:,} times '{failure['reason']}'" for failure in found["failures"]) or "none"
    back, write = found["latency_from_deadline_us"], found["latency_from_write_us"]
    own = found["own"]["cores"]
    words = (
        f"All of {settings['growth'][-1]:,} calls speaking are more than the core carries: {found['calls']:,} were let in, the others "
        f"refused ({kinds}). A frame of those that were let in came back after {write['p50'] / 1000:.1f} ms in the median, "
        f"{write['p99'] / 1000:.1f} ms at p99 ({back['p99'] / 1000:.1f} ms from the deadline); {found['frames_lost']:,} of "
        f"{found['frames_sent']:,} never did. The server took {found['server']['cores']:.2f} of its core, the load {own:.2f} of its own"
    )
    if own > 0.9:
        words += ": it was itself late, and these times say nothing of the server"
    return ["", words + "."]


def memory(found):
    lines = ["", "## Memory", "", "Resident KB for each idle call, above the server's own before the first.", "",
             "| server | " + " | ".join(f"{calls:,} calls{', WSS' if tls else ''}" for tls, calls in
                                        sorted({(tls, calls) for tls, _, calls in found})) + " |"]
    columns = sorted({(tls, calls) for tls, _, calls in found})
    lines.append("|" + " --- |" * (1 + len(columns)))
    names = list(dict.fromkeys(name for _, name, _ in found))
    for name in names:
        lines.append(f"| {name} | " + " | ".join(f"{found[(tls, name, calls)]:.1f}" for tls, calls in columns) + " |")
    series = {name: [(calls, max(found[(False, name, calls)], 0.3)) for tls, calls in columns if not tls] for name in names}
    if all(len(points) > 1 for points in series.values()):
        lines_by_calls(os.path.join(RESULTS, f"{REPORT}-memory.svg"), "memory for each idle call, plain", "KB", series, 0.3)
        lines += ["", f"![memory for each idle call]({REPORT}-memory.svg)"]
    return lines
