# SPDX-License-Identifier: Apache-2.0
"""Plots as SVG, with nothing but the standard library; only a plot with an image in it needs numpy."""
import base64
import math
import struct
import zlib


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
        import numpy as np

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


def save(path, width, height, plots, legend=(), colours=None):
    body = "\n".join("\n".join(plot.parts) for plot in plots)
    for number, name in enumerate(legend):
        x, y = 60 + 120 * number, height - 12
        body += f'<rect x="{x}" y="{y - 9}" width="14" height="9" fill="{colours[name]}"/>'
        body += f'<text x="{x + 19}" y="{y}" font-size="11">{name}</text>'
    with open(path, "w") as out:
        out.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
            f'<rect width="{width}" height="{height}" fill="white"/>{body}</svg>\n'
        )
