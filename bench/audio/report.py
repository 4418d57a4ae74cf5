# SPDX-License-Identifier: Apache-2.0
"""Runs our resampler and the others on the same signals and writes ../results/audio.md with its pictures.

    report.py AUDIOBENCH LIBRARIES [--quick]

--quick judges three pairs and no instructions, for work on the report itself.
"""
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
import numpy as np
import pictures
from judge import Judge, faults, read, write

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS = os.path.join(HERE, "..", "results")
PAIRS = [
    (8000, 16000), (16000, 8000), (8000, 24000), (24000, 8000), (8000, 48000), (48000, 8000), (16000, 24000),
    (24000, 16000), (16000, 48000), (48000, 16000), (44100, 8000), (8000, 44100), (44100, 16000), (16000, 44100),
]
# ripple, rejection, edge, sinad, instructions, CPU against soxr HQ.
TARGETS = {
    (8000, 16000): (0.05, -85, -70, 90, 40, 0.85), (16000, 8000): (0.05, -90, -80, 94, 75, 0.95),
    (8000, 24000): (0.05, -85, -70, 90, 40, 0.75), (24000, 8000): (0.05, -90, -80, 94, 110, 0.85),
    (8000, 48000): (0.05, -85, -70, 90, 40, 0.75), (48000, 8000): (0.05, -90, -80, 94, 180, 0.75),
    (16000, 24000): (0.05, -85, -70, 90, 45, 0.8), (24000, 16000): (0.05, -90, -80, 92, 75, 0.8),
    (16000, 48000): (0.05, -85, -70, 90, 40, 0.75), (48000, 16000): (0.05, -90, -80, 92, 110, 0.85),
    (44100, 8000): (0.05, -90, -80, 94, 260, 0.8), (8000, 44100): (0.05, -85, -70, 90, 60, 0.8),
    (44100, 16000): (0.05, -90, -80, 92, 260, 0.8), (16000, 44100): (0.05, -85, -70, 90, 60, 0.8),
}
OTHERS = ["soxr-hq", "speex-3", "speex-5", "swr", "swr-float", "src-medium", "audioop"]
# What each planted fault of the reference must break.
PLANTED = {"reset": "chunks", "wrap": "wraps", "lost": "drift", "gain": "ripple", "nofilter": "sinad"}


def limits(pair):
    ripple, rejection, edge, sinad, _, _ = TARGETS[pair]
    stop = 4050 * min(pair) / 8000
    return {"ripple": ripple, "rejection": rejection, "edge": edge, "sinad": sinad, "latency": 1, "spread": 1, "stop": stop}


class Bench:
    def __init__(self, ours, libraries, folder):
        self.folder = folder
        self.ours = os.path.join(folder, "AudioBench")
        subprocess.run(["objcopy", "--strip-debug", ours, self.ours], check=True)
        self.libraries = libraries

    def command(self, name):
        if name.startswith("VoiceBridge"):
            plain = ["--plain"] if name.endswith("baseline") else []
            return lambda a, b, i, o, *x: [self.ours, "resample", str(a), str(b), i, o, *x, *plain]
        if name == "audioop":
            return lambda a, b, i, o, *x: [sys.executable, f"{HERE}/audioop_run.py", str(a), str(b), i, o, *x]
        return lambda a, b, i, o, *x: [self.libraries, name, str(a), str(b), i, o, *x]

    def judge(self, name, pair):
        return Judge(self.command(name), *pair, self.folder)

    def prove(self):
        """The judge must pass the reference and see each of its planted faults."""
        for pair in ((8000, 16000), (16000, 8000)):
            allowed = dict(limits(pair), latency=10, stop=pair[0])
            clean = faults(self.judge("reference", pair).quality(), allowed)
            if clean:
                sys.exit(f"FAILED: the judge finds {clean} in the reference, {pair}")
            for fault, kind in PLANTED.items():
                seen = faults(self.judge(f"reference-{fault}", pair).quality(), allowed)
                print(f"planted {fault} in {pair[0]} → {pair[1]}: {', '.join(seen)}", flush=True)
                if kind not in seen:
                    sys.exit(f"FAILED: the judge does not see the planted fault {fault}: {seen}")

    def times(self, names, pair):
        """ns per output sample: least of repeats that take turns."""
        noise = np.random.default_rng(2).normal(0, 6000, pair[0] * 4)
        given = os.path.join(self.folder, "speed.raw")
        write(given, noise)
        least = {name: float("inf") for name in names}
        for _ in range(5):
            for name in names:
                line = self.command(name)(*pair, given, os.path.join(self.folder, "out.raw"), "--repeats", "3")
                words = subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()
                least[name] = min(least[name], float(words[1]))
        return least

    def instructions(self, name, pair):
        """callgrind's count per output sample: two lengths, their difference."""
        if name == "audioop":
            return None
        totals = []
        for length in (0.5, 1.0) if name == "src-medium" else (1, 3):
            given = os.path.join(self.folder, "count.raw")
            write(given, np.random.default_rng(3).normal(0, 6000, int(pair[0] * length)))
            line = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.folder}/callgrind"]
            line += self.command(name)(*pair, given, os.path.join(self.folder, "out.raw"))
            text = subprocess.run(line, capture_output=True, text=True, check=True).stderr
            totals.append((length, int(re.search(r"Collected : (\d+)", text)[1])))
        (short, few), (long, many) = totals
        return (many - few) / (pair[1] * (long - short))

    def sweep(self, name, pair):
        seconds = 4
        time = np.arange(seconds * pair[0]) / pair[0]
        given, made = os.path.join(self.folder, "sweep.raw"), os.path.join(self.folder, "out.raw")
        write(given, 16000 * np.sin(np.pi * pair[0] / 2 / seconds * time**2))
        subprocess.run(self.command(name)(*pair, given, made), capture_output=True, check=True)
        return read(made)


def beaten(pair, found):
    """Libraries that are ahead of ours in quality and delay at a lower cost."""
    us = found["VoiceBridge"]
    return [
        name for name, f in found.items()
        if not name.startswith("VoiceBridge") and f["ns"] < us["ns"] and f["latency"] <= us["latency"]
        and min(f["sinad"]) >= min(us["sinad"]) and f["ripple"] <= us["ripple"] + 0.01
    ]


def table(pair, found):
    target = TARGETS[pair]
    soxr = found["soxr-hq"]["ns"]
    lines = [
        f"\n### {pair[0]} → {pair[1]} Hz\n",
        "| converter | ripple dB | −3 dB Hz | −60 dB Hz | rejection dB | edge dB | at Nyquist dB | sine 1 kHz / worst dB "
        "| delay ms | delay spread ms | ns | instructions | CPU : soxr HQ | state bytes | exact |",
        "|" + " --- |" * 15,
    ]
    for name, f in found.items():
        count = "–" if f["instructions"] is None else f"{f['instructions']:.0f}"
        lines.append(
            f"| {name} | {f['ripple']:.2f} | {f['corner']:.0f} | {f['stop']:.0f} | {f['rejection']:.0f} | {f['edge']:.0f} "
            f"| {f['nyquist']:.0f} | {f['sinad'][2]:.1f} / {min(f['sinad']):.1f} | {f['latency']:.2f} | {f['spread']:.2f} "
            f"| {f['ns']:.2f} | {count} | {f['ns'] / soxr:.2f} | {f['state'] or '–'} | {'yes' if f['exact'] else 'no'} |"
        )
    lines.append(
        f"| **target** | ≤ {target[0]} | | ≤ {4050 * min(pair) // 8000} | ≤ {target[1]} | ≤ {target[2]} | | ≥ {target[3]} "
        f"| ≤ 1.0 | ≤ 1.0 | | ≤ {target[4]} (baseline {3 * target[4]}) | ≤ {target[5]} | ≤ 2048 | yes |"
    )
    missed = []
    for name, factor in (("VoiceBridge", 1), ("VoiceBridge baseline", 3)):
        f = found[name]
        missed += [f"{name}: {fault}" for fault in faults(f, limits(pair))]
        if f["state"] > 2048:
            missed.append(f"{name}: state")
        if f["instructions"] is not None and f["instructions"] > target[4] * factor:
            missed.append(f"{name}: instructions {f['instructions']:.0f} > {target[4] * factor}")
        if factor == 1 and f["ns"] > target[5] * soxr:
            missed.append(f"{name}: CPU {f['ns'] / soxr:.2f} of soxr HQ's")
    ahead = beaten(pair, found)
    verdict = "**All targets met.**" if not missed else "**Not met:** " + "; ".join(missed) + "."
    verdict += " No library is ahead on quality and delay at a lower cost." if not ahead else f" Ahead of ours: {ahead}."
    lines.append("\n" + verdict)
    return lines, missed + ahead


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def main():
    quick = "--quick" in sys.argv
    os.makedirs(RESULTS, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], sys.argv[2], folder)
        bench.prove()
        lines, misses = [], []
        for pair in PAIRS[:3] if quick else PAIRS:
            names = ["VoiceBridge", "VoiceBridge baseline", *OTHERS]
            times = bench.times(names, pair)
            found = {}
            for name in names:
                found[name] = bench.judge(name, pair).quality()
                found[name]["ns"] = times[name]
                found[name]["instructions"] = None if quick else bench.instructions(name, pair)
            text, missed = table(pair, found)
            lines += text
            misses += [f"{pair[0]} → {pair[1]}: {miss}" for miss in missed]
            print("\n".join(text), flush=True)
            if pair in ((8000, 16000), (16000, 8000), (24000, 8000), (48000, 8000)):
                shown = {name: figures for name, figures in found.items() if name != "VoiceBridge baseline"}
                stem = f"{pair[0]}-{pair[1]}.svg"
                pictures.responses(os.path.join(RESULTS, "response-" + stem), pair, shown)
                pictures.costs(os.path.join(RESULTS, "cost-" + stem), pair, shown)
                lines.append(f"\n![frequency responses](response-{stem})\n\n![cost against delay](cost-{stem})")
        sweeps = {name: bench.sweep(name, (16000, 8000)) for name in ("VoiceBridge", "speex-3", "swr", "audioop")}
        pictures.waterfalls(os.path.join(RESULTS, "sweep-16000-8000.svg"), (16000, 8000), sweeps)
        blocks = [
            subprocess.run([bench.ours, block], capture_output=True, text=True, check=True).stdout.split()
            for block in ("g711", "base64")
        ]
    with open(os.path.join(RESULTS, "audio.md"), "w") as out:
        out.write("# The audio core beside other libraries\n\n")
        out.write(
            f"Made by `make bench-audio` on {datetime.date.today()}, {processor()}. Every row was judged from raw files by "
            "one program that knows nothing of the converter, which saw all faults planted in a reference of its own first. "
            "Input and output are 16-bit samples, 20 ms at a time. ns: least thread CPU time of interleaved repeats, good for "
            "comparison within a table only. Instructions: callgrind, per output sample. audioop runs inside Python; soxr "
            "without dither. *baseline* is our form for x86-64 without AVX2, the same to the bit.\n\n"
        )
        out.write("Limits that are not met, or libraries that are ahead: " + ("none.\n" if not misses else "\n\n"))
        out.writelines(f"* {miss}\n" for miss in misses)
        out.write("\n## A sweep from 0 to 8 kHz, converted to 8 kHz\n\n![waterfalls](sweep-16000-8000.svg)\n\n")
        out.write("What lies beside the one rising line, which ends at 4 kHz, was not in the sweep.\n\n## Resamplers\n")
        out.write("\n".join(lines) + "\n")
        for title, words in zip(("G.711, ns per sample, blocks of 160", "Base64, ns per 160 bytes"), blocks):
            out.write(f"\n## {title}\n\n| block | ns |\n| --- | --- |\n")
            out.writelines(f"| {name.replace('_', ' ')} | {value} |\n" for name, value in zip(words[::2], words[1::2]))
    print("\n".join(misses) or "all limits are met")


main()
