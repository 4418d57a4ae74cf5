# SPDX-License-Identifier: Apache-2.0
"""Pictures of converters: responses, costs, sweeps."""
import os
import sys
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from svg import Plot, save

COLOURS = {
    "VoiceBridge": "#d62728",
    "soxr-hq": "#1f77b4",
    "src-medium": "#9467bd",
    "speex-3": "#2ca02c",
    "speex-5": "#17becf",
    "swr-float": "#ff7f0e",
    "swr": "#bcbd22",
    "audioop": "#7f7f7f",
}


def responses(path, pair, found):
    """Frequency responses, whole and the pass band magnified."""
    slower = min(pair) / 1000
    wide = Plot(70, 40, 420, 260, (0, slower), (-120, 5), f"{pair[0]} → {pair[1]} Hz", "kHz", "dB",
                np.linspace(0, slower, 9), range(-120, 1, 20))
    close = Plot(570, 40, 420, 260, (0, slower / 2), (-1, 0.2), "pass band", "kHz", "dB",
                 np.linspace(0, slower / 2, 9), [-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2])
    names = [name for name in COLOURS if name in found]
    for name in reversed(names):
        points = [(f / 1000, gain) for f, gain in found[name]["response"]]
        for plot in (wide, close):
            plot.line(points, COLOURS[name], 2.5 if name == "VoiceBridge" else 1.2)
    save(path, 1030, 370, [wide, close], names, COLOURS)


def costs(path, pair, found):
    """Cost against delay, the worst single sine beside the name."""
    plot = Plot(70, 40, 640, 320, (0.05, 500), (1, 3000), f"{pair[0]} → {pair[1]} Hz: cost against delay, worst sine in dB",
                "delay added, ms", "ns per output sample", (0.1, 0.3, 1, 3, 10, 30, 100, 300),
                (1, 3, 10, 30, 100, 300, 1000, 3000), True)
    points = {name: plot.place(max(figures["latency"], 0.06), figures["ns"]) for name, figures in found.items()}
    # No name on a dot.
    plot.labels = [(across - 6, 12, down + 4) for across, down in points.values()]
    for name, figures in found.items():
        label = f"{name} {min(figures['sinad']):.0f} dB"
        plot.dot(max(figures["latency"], 0.06), figures["ns"], COLOURS.get(name, "#000"), label)
    save(path, 760, 410, [plot])


def waterfalls(path, pair, outputs):
    """Spectra over time of a sweep from 0 to half the source's rate."""
    plots = []
    for number, (name, samples) in enumerate(outputs.items()):
        size, rows = 1024, 160
        window = np.blackman(size)
        starts = np.linspace(0, len(samples) - size, rows).astype(int)
        levels = [20 * np.log10(abs(np.fft.rfft(samples[s : s + size] * window)) / (32768 * window.sum() / 2) + 1e-7)
                  for s in starts]
        picture = (np.array(levels).T[::-1] + 120) / 120
        plot = Plot(70 + 330 * number, 40, 260, 260, (0, pair[0] / 2000), (0, pair[1] / 2000), name,
                    "sweep sent, kHz", "kHz heard", np.linspace(0, pair[0] / 2000, 5), np.linspace(0, pair[1] / 2000, 5))
        plot.image(picture)
        plots.append(plot)
    save(path, 30 + 330 * len(plots) + 30, 350, plots)
