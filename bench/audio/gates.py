# SPDX-License-Identifier: Apache-2.0
"""Gates of the audio core: instructions per output sample, and no allocation per chunk.

    gates.py AUDIOBENCH            fails when a pair costs a tenth more than instructions.json says, or more than its
                                   target, or allocates
    gates.py AUDIOBENCH --update   writes instructions.json

Instructions are callgrind's, from two numbers of repeats, so that start and files fall out; allocations are counted by
allocations.c in the same way. Each gate is proved in every run by a fault planted in AudioBench that it must see: a fifth
of all chunks converted twice, and an allocation for each chunk.
"""
import concurrent.futures
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import targets

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "instructions.json")
RATES = (8000, 16000, 24000, 44100, 48000)
PAIRS = [(a, b) for a in RATES for b in RATES if a != b]


def stripped(program, folder):
    """A copy without debugging information, which older valgrinds cannot read."""
    copy = os.path.join(folder, "AudioBench")
    subprocess.run(["objcopy", "--strip-debug", program, copy], check=True)
    return copy


def noise(folder, rate):
    path = os.path.join(folder, f"{rate}.raw")
    if not os.path.exists(path):
        source = random.Random(rate)
        with open(path, "wb") as out:
            for _ in range(rate // 5):
                out.write(source.randrange(-30000, 30001).to_bytes(2, "little", signed=True))
    return path


def instructions(program, folder, source, target, *options):
    """Instructions per output sample, 20 ms at a time."""
    totals = []
    made = os.path.join(folder, "-".join(["out", str(source), str(target), *options]))
    for repeats in (1, 6):
        line = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={made}.callgrind", program, "resample"]
        line += [str(source), str(target), noise(folder, source), made, "--repeats", str(repeats)]
        done = subprocess.run(line + list(options), capture_output=True, text=True, check=True)
        totals.append(int(re.search(r"Collected : (\d+)", done.stderr)[1]))
    return (totals[1] - totals[0]) / target


def allocations(program, library, folder, source, target, *options):
    """Allocations of 50 chunks."""
    totals = []
    for repeats in (1, 6):
        line = [program, "resample", str(source), str(target), noise(folder, source), f"{folder}/out.raw"]
        line += ["--repeats", str(repeats), *options]
        environment = dict(os.environ, LD_PRELOAD=library)
        # One run in thirty or so ends before a thread of the library's start has taken its share.
        runs = [subprocess.run(line, capture_output=True, text=True, check=True, env=environment) for _ in range(9)]
        totals.append(statistics.median(int(re.search(r"allocations (\d+)", done.stderr)[1]) for done in runs))
    return totals[1] - totals[0]


def limit(committed, pair, form):
    """A tenth more than was committed, but never more than the target."""
    name = f"{pair[0]}-{pair[1]}"
    return min(committed[form][name] * 1.1, targets.instructions(pair, form == "baseline") or float("inf"))


def main():
    forms = {"avx2": (), "baseline": ("--plain",)}
    failures = []
    if " avx2" not in open("/proc/cpuinfo").read():
        print("this processor has no AVX2: its form is not measured")
        del forms["avx2"]
    with tempfile.TemporaryDirectory() as folder:
        program = stripped(sys.argv[1], folder)
        library = os.path.join(folder, "allocations.so")
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", os.path.join(HERE, "allocations.c"), "-o", library], check=True)

        def count(pair, form, *options):
            return round(instructions(program, folder, *pair, *forms[form], *options), 1)

        for rate in RATES:
            noise(folder, rate)
        found = {}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for form in forms:
                counts = pool.map(lambda pair: count(pair, form), PAIRS)
                found[form] = {f"{a}-{b}": figure for (a, b), figure in zip(PAIRS, counts)}
        if "--update" in sys.argv:
            with open(TABLE, "w") as out:
                json.dump(found, out, indent=1)
                out.write("\n")
        with open(TABLE) as table:
            committed = json.load(table)
        for form in forms:
            for pair in PAIRS:
                figure, most = found[form][f"{pair[0]}-{pair[1]}"], limit(committed, pair, form)
                verdict = "" if figure <= most else "  ABOVE"
                print(f"{pair[0]:>5} to {pair[1]:5} {form:8} {figure:7.1f} instructions per output, at most {most:.1f}{verdict}")
                if verdict:
                    failures.append(f"{pair[0]} to {pair[1]} {form} costs {figure}, at most {most:.1f}")
            pair = (16000, 8000)
            wasted, most = count(pair, form, "--fault", "waste"), limit(committed, pair, form)
            print(f"planted: {wasted:.1f} where at most {most:.1f} are allowed, {form}")
            if wasted <= most:
                failures.append(f"the gate does not see a fifth more instructions: {wasted}, at most {most:.1f}, {form}")
        for pair in PAIRS:
            for option in (*forms.values(), ("--chunk", "1")):
                made = allocations(program, library, folder, *pair, *option)
                if made != 0:
                    failures.append(f"{pair[0]} to {pair[1]} {' '.join(option)} allocates {made} times in 50 chunks")
        print(f"allocations: {len(PAIRS)} pairs, {len(forms)} forms, chunks of 20 ms and of one sample")
        planted = allocations(program, library, folder, 8000, 16000, "--fault", "allocate")
        print(f"planted: {planted} allocations in 50 chunks where none are allowed")
        if planted < 50:
            failures.append(f"the gate of allocations sees {planted} of 50 planted ones")
    for failure in failures:
        print(f"FAILED: {failure}")
    sys.exit(1 if failures else 0)


main()
