# SPDX-License-Identifier: Apache-2.0
"""Gates of the audio core: instructions per output sample, and no allocation per chunk.

    gates.py AUDIOBENCH            fails when a pair costs a tenth more than instructions.json says, or allocates
    gates.py AUDIOBENCH --update   writes instructions.json

Instructions are callgrind's, from two numbers of repeats, so that start and files fall out; allocations are counted by
allocations.c in the same way. Each gate is proved in every run by a fault that it must see: the form for processors
without AVX2 for the one, an allocation for each chunk for the other.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

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
    for repeats in (1, 6):
        line = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind", program, "resample"]
        line += [str(source), str(target), noise(folder, source), f"{folder}/out.raw", "--repeats", str(repeats)]
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
        done = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)
        totals.append(int(re.search(r"allocations (\d+)", done.stderr)[1]))
    return totals[1] - totals[0]


def main():
    with tempfile.TemporaryDirectory() as folder:
        program = stripped(sys.argv[1], folder)
        library = os.path.join(folder, "allocations.so")
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", os.path.join(HERE, "allocations.c"), "-o", library], check=True)
        found = {f"{a}-{b}": round(instructions(program, folder, a, b), 1) for a, b in PAIRS}
        plain = {f"{a}-{b}": round(instructions(program, folder, a, b, "--plain"), 1) for a, b in PAIRS}
        if "--update" in sys.argv:
            with open(TABLE, "w") as out:
                json.dump({"avx2": found, "baseline": plain}, out, indent=1)
                out.write("\n")
        with open(TABLE) as table:
            committed = json.load(table)
        failures = []
        for form, figures in (("avx2", found), ("baseline", plain)):
            for pair, figure in figures.items():
                limit = committed[form][pair] * 1.1
                verdict = "" if figure <= limit else "  ABOVE"
                print(f"{pair:>12} {form:8} {figure:7.1f} instructions per output, at most {limit:.1f}{verdict}")
                if verdict:
                    failures.append(f"{pair} {form} costs {figure}, at most {limit:.1f}")
        if all(plain[pair] <= committed["avx2"][pair] * 1.1 for pair in plain):
            failures.append("the gate of instructions does not see a form that costs three times as much")
        for a, b in PAIRS:
            for option in ((), ("--plain",), ("--chunk", "1")):
                count = allocations(program, library, folder, a, b, *option)
                if count != 0:
                    failures.append(f"{a}-{b} {' '.join(option)} allocates {count} times in 50 chunks")
        planted = allocations(program, library, folder, 8000, 16000, "--allocate")
        print(f"allocations of all pairs, both forms, chunks of 20 ms and of one sample: counted; planted: {planted}")
        if planted < 50:
            failures.append(f"the gate of allocations sees {planted} of 50 planted ones")
    for failure in failures:
        print(f"FAILED: {failure}")
    sys.exit(1 if failures else 0)


main()
