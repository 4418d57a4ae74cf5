# SPDX-License-Identifier: Apache-2.0
"""Runs our resampler and the others on the same signals and writes ../results/audio.md with its pictures.

    report.py AUDIOBENCH LIBRARIES [--quick] [--fault target|ahead|library]

--quick judges one pair and no instructions, for work on the report itself. --fault plants what has to fail the command: a
decibel of ripple in ours, a library that is better, later by nothing and cheaper, or one that does not run.
"""
import binascii
import concurrent.futures
import copy
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import timeit
import warnings
import wave
import numpy as np
import pictures
import targets
from judge import Judge, faults, read, write

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS = os.environ.get("RESULTS", os.path.join(HERE, "..", "results"))
ROOT = os.path.join(HERE, "..", "..")
OTHERS = ["soxr-hq", "speex-3", "speex-5", "swr", "swr-float", "src-medium", "audioop"]
# What may be planted in the verdict of a pair, and how its miss begins.
VERDICTS = {"target": "VoiceBridge: ripple", "ahead": "soxr-hq is ahead"}
# What each planted fault of the reference must break.
PLANTED = {"reset": "chunks", "wrap": "wraps", "lost": "drift", "gain": "ripple", "nofilter": "edge"}


class Bench:
    def __init__(self, ours, libraries, folder):
        self.folder = folder
        self.ours = os.path.join(folder, "AudioBench")
        subprocess.run(["objcopy", "--strip-debug", ours, self.ours], check=True)
        self.libraries = libraries

    @classmethod
    def sharing(cls, other, folder):
        """The same programs in another folder."""
        bench = cls.__new__(cls)
        bench.folder, bench.ours, bench.libraries = folder, other.ours, other.libraries
        return bench

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
            allowed = dict(targets.limits(pair), latency=10, stop=pair[0])
            clean = faults(self.judge("reference", pair).quality(), allowed)
            if clean:
                sys.exit(f"FAILED: the judge finds {clean} in the reference, {pair}")
            for fault, kind in PLANTED.items():
                seen = faults(self.judge(f"reference-{fault}", pair).quality(), allowed)
                print(f"planted {fault} in {pair[0]} → {pair[1]}: {', '.join(seen)}", flush=True)
                if kind not in seen:
                    sys.exit(f"FAILED: the judge does not see the planted fault {fault}: {seen}")

        try:
            self.judge("absent", (8000, 16000)).quality()
        except RuntimeError as error:
            print(f"planted a library that is not there: {str(error).splitlines()[-1]}", flush=True)
        else:
            sys.exit("FAILED: a library that is not there was judged")

    def times(self, names, pair, streams, repeats):
        """ns per output sample: least of runs that take turns. Many streams are what a server has."""
        noise = np.random.default_rng(2).normal(0, 6000, pair[0])
        given, made = os.path.join(self.folder, "speed.raw"), os.path.join(self.folder, "out.raw")
        write(given, noise)
        least = {name: float("inf") for name in names}
        for _ in range(5):
            for name in names:
                slow = name in ("src-medium", "audioop")
                options = ("--streams", str(streams), "--repeats", str(1 if slow else repeats))
                line = self.command(name)(*pair, given, made, *options)
                words = subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()
                least[name] = min(least[name], float(words[1]))
        return least

    def instructions(self, name, pair):
        """callgrind's count per output sample: two amounts of work, their difference."""
        if name == "audioop":
            return None
        # Ours once more over the same samples, as the gates do; others make a stream anew then, which counts for much, and
        # are given longer signals instead.
        ours = name.startswith("VoiceBridge")
        works = [(1, 1), (1, 3)] if ours else [(0.5, 1), (1, 1)] if name == "src-medium" else [(1, 1), (3, 1)]
        totals = []
        for length, repeats in works:
            given = os.path.join(self.folder, "count.raw")
            write(given, np.random.default_rng(3).normal(0, 6000, int(pair[0] * length)))
            line = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.folder}/callgrind"]
            line += self.command(name)(*pair, given, os.path.join(self.folder, "out.raw"), "--repeats", str(repeats))
            text = subprocess.run(line, capture_output=True, text=True, check=True).stderr
            totals.append((length * repeats, int(re.search(r"Collected : (\d+)", text)[1])))
        (short, few), (long, many) = totals
        return (many - few) / (pair[1] * (long - short))

    def sweep(self, name, pair):
        seconds = 4
        moments = np.arange(seconds * pair[0]) / pair[0]
        given, made = os.path.join(self.folder, "sweep.raw"), os.path.join(self.folder, "out.raw")
        write(given, 16000 * np.sin(np.pi * pair[0] / 2 / seconds * moments**2))
        subprocess.run(self.command(name)(*pair, given, made), capture_output=True, check=True)
        return read(made)


def plant(fault, found):
    """Figures of a pair with a planted fault."""
    found = copy.deepcopy(found)
    if fault == "target":
        found["VoiceBridge"]["ripple"] += 1
    if fault == "ahead":
        found["soxr-hq"].update(found["VoiceBridge"], ns=found["VoiceBridge"]["ns"] / 2)
    return found


def prove_verdicts(pair, found):
    """The verdict must name each planted fault."""
    for fault, start in VERDICTS.items():
        misses = table(pair, plant(fault, found))[1]
        print(f"planted {fault} in the figures of {pair[0]} → {pair[1]}: {'; '.join(misses)}", flush=True)
        if not any(miss.startswith(start) for miss in misses):
            sys.exit(f"FAILED: the verdict does not see the planted fault {fault}: {misses}")


def beaten(found):
    """Libraries that are ahead of ours: cheaper in one of both times, no later, and no worse in any figure of quality.

    In their favour a tenth of the delay, 3 dB and a hundredth of a decibel of ripple count as equal.
    """
    us = found["VoiceBridge"]
    return [
        name for name, f in found.items()
        if not name.startswith("VoiceBridge") and (f["ns"] < us["ns"] or f["warm"] < us["warm"])
        and f["latency"] <= us["latency"] * 1.1 and min(f["sinad"]) >= min(us["sinad"]) - 3 and f["ripple"] <= us["ripple"] + 0.01
        and f["rejection"] <= us["rejection"] + 3 and f["edge"] <= us["edge"] + 3
    ]


def table(pair, found):
    target = targets.PAIRS[pair]
    us, soxr = found["VoiceBridge"], found["soxr-hq"]["ns"]
    lines = [
        f"\n### {pair[0]} → {pair[1]} Hz\n",
        "| converter | ripple dB | −3 dB Hz | −60 dB Hz | rejection dB | edge dB | at Nyquist dB | sine 1 kHz / worst dB "
        "| delay ms | delay spread ms | ns, 100 streams | ns, one stream | instructions | CPU : soxr HQ | state bytes | exact |",
        "|" + " --- |" * 16,
    ]
    for name, f in found.items():
        count = "–" if f["instructions"] is None else f"{f['instructions']:.0f}"
        lines.append(
            f"| {name} | {f['ripple']:.2f} | {f['corner']:.0f} | {f['stop']:.0f} | {f['rejection']:.0f} | {f['edge']:.0f} "
            f"| {f['nyquist']:.0f} | {f['sinad'][2]:.1f} / {min(f['sinad']):.1f} | {f['latency']:.2f} | {f['spread']:.2f} "
            f"| {f['ns']:.2f} | {f['warm']:.2f} | {count} | {f['ns'] / soxr:.2f} | {f['state'] or '–'} | {'yes' if f['exact'] else 'no'} |"
        )
    lines.append(
        f"| **target** | ≤ {target[0]} | | ≤ {4050 * min(pair) // 8000} | ≤ {target[1]} | ≤ {target[2]} | | ≥ {target[3]} "
        f"| ≤ 1.0 | ≤ 1.0 | | | ≤ {target[4]} (baseline {targets.BASELINE * target[4]}) | ≤ {target[5]} | ≤ {targets.STATE_BYTES} | yes |"
    )
    missed = []
    for name in ("VoiceBridge", "VoiceBridge baseline"):
        f, most = found[name], targets.instructions(pair, name.endswith("baseline"))
        missed += [f"{name}: {fault}" for fault in faults(f, targets.limits(pair))]
        if f["state"] > targets.STATE_BYTES:
            missed.append(f"{name}: {f['state']} bytes of state")
        if f["instructions"] is not None and f["instructions"] > most:
            missed.append(f"{name}: {f['instructions']:.0f} instructions, at most {most}")
    if us["ns"] > target[5] * soxr:
        missed.append(f"CPU {us['ns'] / soxr:.2f} of soxr HQ's, at most {target[5]}")
    ahead = [f"{name} is ahead on quality and delay at a lower cost" for name in beaten(found)]
    verdict = "**All targets met.**" if not missed else "**Not met:** " + "; ".join(missed) + "."
    verdict += f" **{'; '.join(ahead)}.**" if ahead else " No library is ahead on quality and delay at a lower cost."
    if us["warm"] > target[5] * found["soxr-hq"]["warm"]:
        verdict += f" One stream alone: CPU {us['warm'] / found['soxr-hq']['warm']:.2f} of soxr HQ's."
    lines.append("\n" + verdict)
    return lines, missed + ahead


def summary(pair, found, missed):
    us = found["VoiceBridge"]
    ratios = " | ".join(
        f"{us['ns'] / found[name]['ns']:.2f} ({us['warm'] / found[name]['warm']:.2f})"
        for name in ("soxr-hq", "swr-float", "speex-3")
    )
    verdict = "all met, none ahead" if not missed else f"{len(missed)} missed, below"
    return f"| {pair[0]} → {pair[1]} | {min(us['sinad']):.1f} | {us['latency']:.2f} | {ratios} | {verdict} |"


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def listening(folder):
    """A minute of prompts, digits and noise at 8 kHz."""
    random = np.random.default_rng(7)
    names = ["prompts/greeting-and-menu", "signals/dtmf-all", "prompts/no-input", "signals/dtmf-fast", "prompts/operator"]
    clips = []
    for name in names:
        with wave.open(os.path.join(ROOT, "audio-fixtures", name + "-8k.wav")) as file:
            clips.append(np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float))
    sound = np.resize(np.concatenate(clips), 60 * 8000)
    path = os.path.join(folder, "listening.raw")
    write(path, sound + random.normal(0, 30, len(sound)))
    return path


def python_blocks():
    """What Python's own C takes: G.711 in one long piece, base64 of 160 bytes with the call."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import audioop
    samples = np.random.default_rng(8).integers(-32768, 32767, 160000).astype("<i2").tobytes()
    codes, text = audioop.lin2ulaw(samples, 2), binascii.b2a_base64(samples[:160], newline=False)
    work = {
        "audioop lin2ulaw": (lambda: audioop.lin2ulaw(samples, 2), 20, 160000),
        "audioop ulaw2lin": (lambda: audioop.ulaw2lin(codes, 2), 20, 160000),
        "binascii b2a_base64": (lambda: binascii.b2a_base64(samples[:160], newline=False), 20000, 1),
        "binascii a2b_base64": (lambda: binascii.a2b_base64(text), 20000, 1),
    }
    return {name: min(timeit.repeat(call, number=n, repeat=5, timer=time.thread_time)) / n / size * 1e9
            for name, (call, n, size) in work.items()}


def blocks(bench):
    """Times of the other blocks: a table, and what misses its target."""
    least, others = {}, {}
    for _ in range(5):
        for line in (["g711"], ["base64"], ["listening", listening(bench.folder)]):
            words = subprocess.run([bench.ours, *line], capture_output=True, text=True, check=True).stdout.split()
            for name, value in zip(words[::2], words[1::2]):
                least[name] = min(least.get(name, float("inf")), float(value))
        for name, value in python_blocks().items():
            others[name] = min(others.get(name, float("inf")), value)
    beside = {
        "muLaw_encode": "audioop lin2ulaw", "muLaw_decode": "audioop ulaw2lin",
        "encode_bytes": "binascii b2a_base64", "decode_to_bytes": "binascii a2b_base64",
    }
    lines, missed = [], []
    for name, most in targets.BLOCKS.items():
        value = least[name]
        other = f"{beside[name]} {others[beside[name]]:.2f}" if name in beside else ""
        verdict = "met" if value <= most else "**not met**"
        lines.append(f"| {name.replace('_', ' ')} | {value:g} | ≤ {most:g} | {verdict} | {other} |")
        if value > most:
            missed.append(f"{name}: {value:g} ns, at most {most:g}")
    if least["digit_events"] < 16 or least["turns"] < 4:
        missed.append(f"the detectors heard {least['digit_events']:g} keys and {least['turns']:g} turns")
    return lines, missed


def measure(bench, name, pair, quick):
    """Everything but the time of one converter, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = Bench.sharing(bench, folder)
        found = own.judge(name, pair).quality()
        found["instructions"] = None if quick else own.instructions(name, pair)
        return found


def main():
    quick = "--quick" in sys.argv
    fault = sys.argv[sys.argv.index("--fault") + 1] if "--fault" in sys.argv else None
    os.makedirs(RESULTS, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], sys.argv[2], folder)
        bench.prove()
        lines, misses, rows = [], [], []
        names = ["VoiceBridge", "VoiceBridge baseline", *OTHERS, *(["absent"] if fault == "library" else [])]
        for pair in list(targets.PAIRS)[:1] if quick else targets.PAIRS:
            times, warm = bench.times(names, pair, 100, 5), bench.times(names, pair, 1, 100)
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                found = dict(zip(names, pool.map(lambda name: measure(bench, name, pair, quick), names)))
            for name in names:
                found[name]["ns"], found[name]["warm"] = times[name], warm[name]
            if not rows:
                prove_verdicts(pair, found)
            found = plant(fault, found)
            text, missed = table(pair, found)
            lines += text
            rows.append(summary(pair, found, missed))
            misses += [f"{pair[0]} → {pair[1]}: {miss}" for miss in missed]
            print("\n".join(text), f"\n{time.monotonic() - began:.0f} s", flush=True)
            if pair in ((8000, 16000), (16000, 8000), (24000, 8000), (48000, 8000)):
                shown = {name: figures for name, figures in found.items() if name != "VoiceBridge baseline"}
                stem = f"{pair[0]}-{pair[1]}.svg"
                pictures.responses(os.path.join(RESULTS, "response-" + stem), pair, shown)
                pictures.costs(os.path.join(RESULTS, "cost-" + stem), pair, shown)
                lines.append(f"\n![frequency responses](response-{stem})\n\n![cost against delay](cost-{stem})")
        sweeps = {name: bench.sweep(name, (16000, 8000)) for name in ("VoiceBridge", "speex-3", "swr", "audioop")}
        pictures.waterfalls(os.path.join(RESULTS, "sweep-16000-8000.svg"), (16000, 8000), sweeps)
        others, missed = blocks(bench)
        misses += missed
    # What is known, with its reason, does not fail the command.
    known = {miss: reason for miss in misses for start, reason in targets.EXCEPTIONS.items() if miss.startswith(start)}
    unknown = [miss for miss in misses if miss not in known]
    with open(os.path.join(RESULTS, "audio.md"), "w") as out:
        out.write("# The audio core beside other libraries\n\n")
        out.write(
            f"Made by `make bench-audio` on {datetime.date.today()}, {processor()}. Every row was judged from raw files by "
            "one program that knows nothing of the converter, which saw all faults planted in a reference of its own first. "
            "Input and output are 16-bit samples, 20 ms at a time. ns: least thread CPU time per output sample of interleaved "
            "repeats, good for comparison within a table only. *100 streams* take turns, 20 ms each, as the calls of a server "
            "do; targets and ratios are held to that. *One stream* alone over and over keeps a library's hundred kilobytes "
            "of state in the processor's nearest cache, where no server has them; ratios of it are in brackets, and are not "
            "held to the limit. Instructions: callgrind, per output sample. audioop runs inside Python; soxr without dither. "
            "*baseline* is our form for x86-64 without AVX2, the same to the bit.\n\n"
        )
        out.write("Targets missed, or libraries ahead: " + ("none.\n" if not misses else "\n\n"))
        out.writelines(f"* {miss}{' (' + known[miss] + ')' if miss in known else ''}\n" for miss in misses)
        out.write("\n| pair | worst sine dB | delay ms | CPU : soxr HQ | CPU : swr-float | CPU : speex-3 | verdict |\n")
        out.write("|" + " --- |" * 7 + "\n" + "\n".join(rows) + "\n")
        out.write("\n## A sweep from 0 to 8 kHz, converted to 8 kHz\n\n![waterfalls](sweep-16000-8000.svg)\n\n")
        out.write("What lies beside the one rising line, which ends at 4 kHz, was not in the sweep.\n\n## Resamplers\n")
        out.write("\n".join(lines) + "\n")
        out.write("\n## The other blocks\n\nG.711: ns per sample, blocks of 160. Base64: ns for 160 bytes. Python's own C, in "
                  "the same run, has one long block for G.711 and its call in the figure for base64.\n\n"
                  "| block | ns | target | verdict | beside |\n| --- | --- | --- | --- | --- |\n")
        out.write("\n".join(others) + "\n")
    print("\n".join(f"known: {miss} ({reason})" for miss, reason in known.items()))
    print("\n".join(f"FAILED: {miss}" for miss in unknown) or "all targets are met, and no library is ahead")
    sys.exit(1 if unknown else 0)


try:
    main()
except (subprocess.CalledProcessError, RuntimeError) as error:
    sys.exit(f"FAILED: a converter did not run: {error}")
