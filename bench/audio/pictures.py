# SPDX-License-Identifier: Apache-2.0
"""Pictures as SVG, with nothing but the standard library and numpy."""
import base64
import math
import struct
import zlib
import numpy as np

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


class Plot:
    """Axes in a part of a picture."""

    def __init__(self, left, top, width, height, x, y, title, x_name, y_name, x_ticks, y_ticks, log=False):
        self.box = (left, top, width, height)
        self.x, self.y, self.log = x, y, log
        self.labels = []
        self.parts = [f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#888"/>']
        self.text(left + width / 2, top - 8, title, "middle", 13)
        self.text(left + width / 2, top + height + 32, x_name, "middle")
        self.text(left - 44, top + height / 2, y_name, "middle", 11, f"rotate(-90 {left - 44} {top + height / 2})")
        for tick in x_ticks:
            at = self.place(tick, y[0])[0]
            self.parts.append(f'<path d="M{at:.1f} {top}V{top + height}" stroke="#ddd"/>')
            self.text(at, top + height + 15, f"{tick:g}", "middle")
        for tick in y_ticks:
            at = self.place(x[0], tick)[1]
            self.parts.append(f'<path d="M{left} {at:.1f}H{left + width}" stroke="#ddd"/>')
            self.text(left - 5, at + 4, f"{tick:g}", "end")

    def place(self, x, y):
        left, top, width, height = self.box
        scale = math.log10 if self.log else float
        along = (scale(x) - scale(self.x[0])) / (scale(self.x[1]) - scale(self.x[0]))
        up = (scale(y) - scale(self.y[0])) / (scale(self.y[1]) - scale(self.y[0]))
        return left + width * min(max(along, 0), 1), top + height * (1 - min(max(up, 0), 1))

    def text(self, x, y, words, anchor="start", size=11, transform=""):
        words = str(words).replace("&", "&amp;").replace("<", "&lt;")
        turn = f' transform="{transform}"' if transform else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{turn}>{words}</text>')

    def line(self, points, colour, width=1.5):
        path = "L".join("{:.1f} {:.1f}".format(*self.place(x, y)) for x, y in points if self.x[0] <= x <= self.x[1])
        self.parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')

    def dot(self, x, y, colour, name, radius=5):
        across, down = self.place(x, y)
        self.parts.append(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{radius}" fill="{colour}"/>')
        # Beside the dot, above or below it, where no other name is.
        length = 6.2 * len(name)
        places = [(across + 8, down + 4), (across + 8, down - 8), (across + 8, down + 16), (across - 8 - length, down + 4),
                  (across - 8 - length, down - 8), (across - 8 - length, down + 16), (across + 8, down + 28)]
        free = [(x, y) for x, y in places if all(x + length < a or x > a + b or abs(y - c) > 11 for a, b, c in self.labels)]
        x, y = (free or places)[0]
        self.labels.append((x, length, y))
        self.text(x, y, name)

    def image(self, levels):
        """Levels 0…1, rows from the top, as a picture that fills the axes."""
        stops = np.array([[0, 0, 4], [87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]], float)
        place = np.clip(levels, 0, 1) * (len(stops) - 1)
        low = np.minimum(place.astype(int), len(stops) - 2)
        part = (place - low)[..., None]
        pixels = (stops[low] * (1 - part) + stops[low + 1] * part).astype(np.uint8)
        rows, columns, _ = pixels.shape
        raw = b"".join(b"\0" + row.tobytes() for row in pixels)

        def piece(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
        png = b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", header) + piece(b"IDAT", zlib.compress(raw, 9)) + piece(b"IEND", b"")
        left, top, width, height = self.box
        data = base64.b64encode(png).decode()
        self.parts.append(
            f'<image x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="none" '
            f'href="data:image/png;base64,{data}"/>'
        )


def save(path, width, height, plots, legend=()):
    body = "\n".join("\n".join(plot.parts) for plot in plots)
    for number, name in enumerate(legend):
        x, y = 60 + 120 * number, height - 12
        body += f'<rect x="{x}" y="{y - 9}" width="14" height="9" fill="{COLOURS[name]}"/>'
        body += f'<text x="{x + 19}" y="{y}" font-size="11">{name}</text>'
    with open(path, "w") as out:
        out.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
            f'<rect width="{width}" height="{height}" fill="white"/>{body}</svg>\n'
        )


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
    save(path, 1030, 370, [wide, close], names)


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
