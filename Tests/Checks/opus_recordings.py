# SPDX-License-Identifier: Apache-2.0
"""Holds recordings in Opus against what was said, and against WAV files of the same.

    opus_recordings.py RECORDING-CHILD FOLDER

The child speaks bursts of 40 ms of 1 kHz, the caller's from 200 ms on and the bot's from 440 ms on, each half second. Every
file is decoded by opusdec and by ffmpeg.
"""

import array
import pathlib
import random
import subprocess
import sys
import time

RATE = 48_000
# Of a place in the decoded sound, and of a file's length, in seconds.
TOLERANCE = 0.020
LOUD = 4_000
KILLS = 8
problems = []


def expect(good, text):
    if not good:
        problems.append(text)
        print("WRONG:", text)


def opusdec(path):
    words = ["opusdec", "--quiet", "--no-dither", "--rate", str(RATE), str(path), "-"]
    raw = subprocess.run(words, capture_output=True, timeout=60)
    if raw.returncode != 0:
        raise ValueError(f"opusdec: {raw.stderr.decode()[-200:]}")
    return array.array("h", raw.stdout)


def ffmpeg(path):
    words = ["ffmpeg", "-v", "error", "-i", str(path), "-ar", str(RATE), "-ac", "2", "-f", "s16le", "-"]
    raw = subprocess.run(words, capture_output=True, timeout=60)
    if raw.returncode != 0:
        raise ValueError(f"ffmpeg: {raw.stderr.decode()[-200:]}")
    return array.array("h", raw.stdout)


def bursts(samples):
    """Where sounds begin and end, in seconds: quiet for 100 ms is between them."""
    found, last = [], None
    for place, sample in enumerate(samples):
        if abs(sample) < LOUD:
            continue
        if last is None or place - last > RATE // 10:
            found.append([place / RATE, place / RATE])
        found[-1][1] = place / RATE
        last = place
    return found


def expected(first, seconds, pause):
    all = [(first + 0.5 * number, first + 0.5 * number + 0.04) for number in range(int(2 * seconds))]
    return [burst for burst in all if not pause[0] <= burst[0] < pause[1] and burst[1] <= seconds]


def judge(sides, seconds, pause=(0, 0)):
    """What is wrong with a decoded recording of so many seconds."""
    wrong = []
    if abs(len(sides[0]) / RATE - seconds) > TOLERANCE:
        wrong.append(f"it lasts {len(sides[0]) / RATE:.3f} s, not {seconds}")
    for name, side, first in zip(("caller", "bot"), sides, (0.2, 0.44)):
        there, wanted = bursts(side), expected(first, seconds, pause)
        if len(there) != len(wanted):
            wrong.append(f"the {name} has {len(there)} bursts, not {len(wanted)}")
            continue
        far = max((max(abs(a - c), abs(b - d)) for (a, b), (c, d) in zip(there, wanted)), default=0)
        if far > TOLERANCE:
            wrong.append(f"the {name} lies {far * 1000:.1f} ms beside")
    return wrong


def sides(samples):
    return samples[0::2], samples[1::2]


def leak(samples):
    """Decibels of a side's sound on the other, while that is silent; both are never loud at once."""
    left, right = sides(samples)
    worst = 0
    for loud, other in ((left, right), (right, left)):
        for begin, end in bursts(loud):
            there = slice(int(begin * RATE), int(end * RATE))
            worst = max(worst, sum(v * v for v in other[there]) / max(1, sum(v * v for v in loud[there])))
    return worst


def only(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if len(files) != 1:
        raise SystemExit(f"opus recordings: {folder} holds {len(files)} files, not one")
    return files[0]


def unsealed(child, path, output):
    done = subprocess.run([child, "open", str(path), str(output)], capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0, f"{path.name} does not open: {done.stderr[-200:]}")
    return done.stdout.strip()


def complete(child, home):
    """Recordings to their end: their places, their length, what leaks, and a WAV file's beside."""
    runs = [["opus"], ["opus", "paused"], ["opus", "sealed"], ["wav"]]
    made = [(words, home / "-".join(words)) for words in runs]
    for _, folder in made:
        folder.mkdir()
    children = [subprocess.Popen([child, "speak", str(folder), "bursts", "6", *words], stdout=subprocess.DEVNULL)
                for words, folder in made]
    for process in children:
        expect(process.wait(60) == 0, f"a recording ended with {process.returncode}")
    sizes = {}
    for words, folder in made:
        path = only(folder)
        name = " ".join(words)
        sizes[name] = path.stat().st_size
        ending = (".wav" if words == ["wav"] else ".opus") + (".sealed" if "sealed" in words else "")
        expect(path.name.endswith(ending), f"{name}: the file is called {path.name}")
        if "sealed" in words:
            expect(b"OggS" not in path.read_bytes(), "a sealed recording shows pages")
            said = unsealed(child, path, home / "opened.opus")
            expect(said.startswith("whole ") and abs(float(said.split()[-1]) - 6) <= TOLERANCE, f"it opens as '{said}'")
            path = home / "opened.opus"
        for decode in [ffmpeg] if words == ["wav"] else [opusdec, ffmpeg]:
            samples = decode(path)
            for wrong in judge(sides(samples), 6, (0.5, 3) if "paused" in words else (0, 0)):
                expect(False, f"{name}, {decode.__name__}: {wrong}")
            expect(leak(samples) < 1e-4, f"{name}: a side leaks into the other by {leak(samples):.6f}")
    expect(sizes["opus"] * 4 < sizes["wav"], f"Opus takes {sizes['opus']} bytes, WAV {sizes['wav']}")
    print(f"complete: {len(runs)} recordings of 6 s; " + ", ".join(f"{name} {size} bytes" for name, size in sizes.items()))


def killed(child, home):
    """Recordings whose process is killed at random: they are decoded to within a second of what was told."""
    missing = []
    for number in range(KILLS):
        words = [["opus"], ["opus", "sealed"], ["opus", "paused"], ["opus", "sealed", "paused"]][number % 4]
        folder = home / f"killed-{number}"
        folder.mkdir()
        process = subprocess.Popen([child, "speak", str(folder), "bursts", *words], stdout=subprocess.PIPE, text=True)
        time.sleep(random.uniform(1.3, 4))
        process.kill()
        told = [int(line.split()[1]) for line in process.stdout.read().splitlines() if line.startswith("spoke ")]
        process.wait()
        path = only(folder)
        if "sealed" in words:
            said = unsealed(child, path, folder / "opened.opus")
            expect(said.startswith("ends early "), f"a killed recording opens as '{said}'")
            path = folder / "opened.opus"
        for decode in (opusdec, ffmpeg):
            both = sides(decode(path))
            seconds = len(both[0]) / RATE
            missing.append(told[-1] / 1000 - seconds)
            expect(missing[-1] <= 1, f"{' '.join(words)}: {seconds:.3f} s of {told[-1]} ms, by {decode.__name__}")
            # The last burst may be cut through.
            whole = seconds - seconds % 0.5
            cut = [side[:int(whole * RATE)] for side in both]
            for wrong in judge(cut, whole, (0.5, 1e9) if "paused" in words else (0, 0)):
                expect(False, f"killed, {' '.join(words)}, {decode.__name__}: {wrong}")
    print(f"killed: {KILLS} recordings; at most {max(missing) * 1000:.0f} ms are missing at the end")


def torn(home):
    """A file that ends within a page, as a loss of power leaves it, is decoded but for that page."""
    whole = only(home / "opus").read_bytes()
    for share in (0.3, 0.61, 0.97):
        path = home / "torn.opus"
        path.write_bytes(whole[:int(len(whole) * share)])
        for decode in (opusdec, ffmpeg):
            seconds = len(decode(path)) / 2 / RATE
            expect(seconds >= 6 * share - 1.2, f"{share} of a file is {seconds:.2f} s, by {decode.__name__}")
    print("torn: 3 files decode as far as they go")


def self_test(home):
    """Faults that must be found."""
    both = sides(ffmpeg(only(home / "opus")))
    late = array.array("h", [0] * (RATE // 40))
    planted = {
        "the bot 25 ms late": (both[0], (late + both[1])[:len(both[1])]),
        "the sides changed": (both[1], both[0]),
        "one side twice": (both[0], both[0]),
        "the end missing": (both[0][:-RATE // 20], both[1][:-RATE // 20]),
        "a burst missing": (both[0], both[1][:RATE] + array.array("h", [0] * (RATE // 2)) + both[1][RATE * 3 // 2:]),
    }
    for name, planting in planted.items():
        expect(judge(planting, 6), f"the planted fault was not found: {name}")
    mixed = array.array("h", [0]) * (2 * len(both[0]))
    for place, (left, right) in enumerate(zip(*both)):
        mixed[2 * place], mixed[2 * place + 1] = left, right + left // 50
    expect(leak(mixed) > 1e-4, "the planted leak was not found")
    print(f"self-test: {len(planted) + 1} planted faults")


def main(child, home):
    home = pathlib.Path(home)
    complete(child, home)
    killed(child, home)
    torn(home)
    if not problems:
        self_test(home)
    if problems:
        raise SystemExit(f"opus recordings: {len(problems)} faults")


main(*sys.argv[1:])
