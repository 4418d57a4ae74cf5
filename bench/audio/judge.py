# SPDX-License-Identifier: Apache-2.0
"""Judges a resampler from raw files only: what went in, what came out, and the trace of the counts."""
import os
import subprocess
import numpy as np


def write(path, samples):
    np.clip(np.rint(samples), -32768, 32767).astype("<i2").tofile(path)


def read(path):
    return np.fromfile(path, "<i2").astype(float)


def db(ratio):
    return 20 * np.log10(max(ratio, 1e-9))


class Judge:
    """One converter on one pair. `command(source, target, input, output, *options)` gives the command line."""

    def __init__(self, command, source, target, folder):
        self.command, self.source, self.target, self.folder = command, source, target, folder
        self.slower = min(source, target)
        self.scale = self.slower / 8000
        self.up = target > source

    def run(self, samples, *options):
        """Plays samples through the converter; the output, and the printed figures."""
        given, made = os.path.join(self.folder, "in.raw"), os.path.join(self.folder, "out.raw")
        write(given, samples)
        line = self.command(self.source, self.target, given, made, *options)
        done = subprocess.run(line, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(line)}: {done.stderr.strip()}")
        words = done.stdout.split()
        return read(made), dict(zip(words[::2], words[1::2]))

    def settled(self, samples):
        """The second second of the output of a signal with a period of one second."""
        output, _ = self.run(np.concatenate([samples, samples, samples]))
        return output[self.target : 2 * self.target]

    def tones(self, frequencies, seed=1):
        """One second of equal tones with random phases, peak −3 dBFS, and their spectrum (bin = hertz)."""
        random = np.random.default_rng(seed)
        spectrum = np.zeros(self.source // 2 + 1, complex)
        spectrum[frequencies] = np.exp(2j * np.pi * random.random(len(frequencies)))
        # A tone at half the rate has one phase only that is a full tone.
        spectrum[self.source // 2] = abs(spectrum[self.source // 2])
        samples = np.fft.irfft(spectrum, self.source)
        factor = 32767 * 10 ** (-3 / 20) / max(abs(samples))
        samples *= factor
        sent = np.fft.rfft(np.rint(samples)) / self.source * 2
        return samples, sent

    def ghosts(self, frequency):
        """Where a tone shows up at the output besides its own place."""
        nyquist, found = self.target // 2, set()
        for multiple in range(0, self.target // self.source + 2 if self.up else 1):
            for sign in (-1, 1):
                image = abs(multiple * self.source + sign * frequency)
                if self.up and image > nyquist:
                    continue
                folded = image % self.target
                found.add(min(folded, self.target - folded))
        found.discard(frequency)
        return found

    def pick(self, low, high, count):
        """Whole frequencies from `low` to `high` none of which shares a bin with another's ghosts."""
        taken, chosen = set(), []
        for wish in np.linspace(low, high, count):
            for shift in (0, 1, -1, 2, -2, 3, -3):
                frequency = int(round(wish)) + shift
                places = self.ghosts(frequency) | ({frequency} if frequency <= self.target // 2 else set())
                if low <= frequency <= high and 0 not in places and not places & taken:
                    taken |= places
                    chosen.append(frequency)
                    break
        return chosen

    def response(self, low, high, count):
        """Gains (dB) at frequencies as (frequency, own gain or None, worst ghost)."""
        frequencies = self.pick(low, high, count)
        samples, sent = self.tones(frequencies)
        got = np.fft.rfft(self.settled(samples)) / self.target * 2
        rows = []
        for frequency in frequencies:
            level = abs(sent[frequency])
            own = db(abs(got[frequency]) / level) if frequency < self.target // 2 else None
            ghosts = [db(abs(got[place]) / level) for place in self.ghosts(frequency) if place < len(got)]
            rows.append((frequency, own, max(ghosts, default=-180)))
        return rows

    def quality(self):
        k, nyquist = self.scale, self.slower / 2
        result = {}
        band = self.response(100 * k, 3400 * k, 60)
        result["ripple"] = max(abs(own) for _, own, _ in band)
        edge_top = min(4600 * k, self.source / 2)
        edge = self.response(3400 * k, edge_top, 90)
        beyond = self.response(4600 * k, self.source / 2 - 1, 60) if self.source / 2 > 4610 * k else []
        result["response"] = sorted(
            [(f, own) for f, own, _ in band + edge if own is not None and f < nyquist]
            # A tone at exactly half the slower rate has no image of its own.
            + ([(self.source - f, ghost) for f, _, ghost in band + edge if f < nyquist] if self.up else
               [(f, ghost) for f, _, ghost in edge + beyond if f > nyquist])
        )
        images = [ghost for _, _, ghost in (band if self.up else beyond)]
        result["rejection"] = max(images, default=-180)
        inside = [ghost for f, _, ghost in edge if (f <= nyquist if self.up else f > nyquist)]
        result["edge"] = max(inside, default=-180)
        passing = [f for f, gain in result["response"] if gain > -60]
        result["stop"] = max(passing, default=0)
        result["corner"] = next((f for f, gain in result["response"] if gain < -3), 0)
        # A tone at exactly half the slower rate is its own ghost: what is left of it.
        result["nyquist"] = self.at_nyquist()
        result["sinad"] = [self.sinad(f * k) for f in (101, 307, 997, 1999, 2999, 3389)]
        result.update(self.delay())
        result.update(self.stream())
        return result

    def at_nyquist(self):
        frequency = self.slower // 2
        worst = -180
        for phase in (0.25, 0.75, 1.25):
            time = np.arange(self.source) / self.source
            samples = 20000 * np.cos(2 * np.pi * frequency * time + phase)
            sent = abs(np.fft.rfft(np.rint(samples))[frequency]) / self.source * (1 if self.up else 2)
            got = abs(np.fft.rfft(self.settled(samples))[frequency]) / self.target * (2 if self.up else 1)
            worst = max(worst, db(got / sent))
        return worst

    def sinad(self, frequency):
        frequency = int(round(frequency))
        time = np.arange(self.source) / self.source
        output = self.settled(32767 * 10 ** (-1 / 20) * np.sin(2 * np.pi * frequency * time))
        spectrum = abs(np.fft.rfft(output)) ** 2
        signal = spectrum[frequency]
        return 10 * np.log10(signal / max(spectrum[1:].sum() - signal, 1e-9))

    def delay(self):
        """Group delay on a grid of 20 Hz, and how far the output count trails; both in ms."""
        k = self.scale
        frequencies = np.arange(int(280 * k), int(3400 * k) + 1, 20)
        samples, sent = self.tones(frequencies, seed=3)
        options = ("--trace", os.path.join(self.folder, "trace"))
        output, figures = self.run(np.concatenate([samples] * 4), *options)
        counts = np.loadtxt(options[1], ndmin=2)
        late = counts[10:, 0] / self.source - counts[10:, 1] / self.target
        got = np.fft.rfft(output[2 * self.target : 3 * self.target])
        turns = np.angle(sent[frequencies] * np.conj(got[frequencies])) / 2 / np.pi
        steps = np.diff(turns)
        # A second of input and output are alike, so that the delay is known to a 20th of a second.
        steps -= np.round(steps)
        delays = steps / 20 * 1000
        speech = delays[(frequencies[:-1] >= 300 * k)]
        one = float(np.interp(1000 * k, frequencies[:-1] + 10, delays))
        produced = np.diff(np.concatenate([[0], counts[:, 1]]))
        even = self.target // 50
        return {
            "state": int(figures["state_bytes"]),
            "latency": max(float(late.max()) * 1000, 0) + one,
            "spread": float(speech.max() - speech.min()),
            "uneven": float(max(abs(produced - even))),
        }

    def stream(self):
        """Counts, chunks, extremes, silence and constants."""
        result = {}
        random = np.random.default_rng(5)
        noise = random.integers(-32764, 32765, self.source).astype(float)
        whole, _ = self.run(noise)
        sizes = [1, 7, 80, 160, 800, 12345]
        result["exact"] = all(np.array_equal(self.run(noise, "--chunk", str(n))[0], whole) for n in sizes)
        half = self.source // 200
        square = np.where(np.arange(self.source) // half % 2 == 0, 32767.0, -32768.0)
        output, _ = self.run(square)
        # Between the edges of the square nothing may change its sign.
        lag = int(round(self.align(square, output)))
        places = np.arange(self.target // 10, self.target - self.target // 10)
        time = (places - lag) / self.target * self.source
        away = (time % half > half * 0.3) & (time % half < half * 0.7)
        want = np.where((time // half).astype(int) % 2 == 0, 1, -1)
        result["wraps"] = bool(np.any(output[places[away]] * want[away] < 0))
        result["silent"] = not np.any(self.run(np.zeros(self.source))[0])
        level, _ = self.run(np.full(self.source, 20000.0))
        result["dc_ppm"] = abs(level[self.target // 2 : self.target * 3 // 4].mean() / 20000 - 1) * 1e6
        # A minute of a tone, whose phase must not move.
        time = np.arange(60 * self.source) / self.source
        output, _ = self.run(20000 * np.sin(2 * np.pi * 441 * time))
        early, late = (np.fft.rfft(output[s * self.target : (s + 1) * self.target])[441] for s in (2, 58))
        result["drift"] = float(np.angle(late / early) / 2 / np.pi / 441 * self.target)
        result["missing"] = 60 * self.target - len(output)
        return result

    def align(self, given, made):
        count = min(len(given) / self.source, len(made) / self.target)
        time = np.arange(int(count * self.target)) / self.target * self.source
        stretched = np.interp(time, np.arange(len(given)), given)
        size = len(stretched)
        product = np.fft.rfft(made[:size], 2 * size) * np.conj(np.fft.rfft(stretched, 2 * size))
        lags = np.fft.irfft(product)
        best = int(np.argmax(lags))
        return best if best < size else best - 2 * size


def faults(figures, limits):
    """Names of the limits that figures break."""
    found = []
    for name in ("ripple", "rejection", "edge", "latency", "spread"):
        if figures[name] > limits[name]:
            found.append(name)
    if min(figures["sinad"]) < limits["sinad"]:
        found.append("sinad")
    if figures["stop"] > limits["stop"]:
        found.append("stop")
    if not figures["exact"]:
        found.append("chunks")
    if figures["wraps"]:
        found.append("wraps")
    if not figures["silent"]:
        found.append("silence")
    if figures["dc_ppm"] > 50:
        found.append("dc")
    if abs(figures["drift"]) > 0.01:
        found.append("drift")
    if figures["uneven"] > 0:
        found.append("uneven")
    return found
