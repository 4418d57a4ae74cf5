// SPDX-License-Identifier: Apache-2.0
// A peer for the comparison: Node and the package ws. It does for each message what the server's echo bot does: JSON,
// base64, G.711 or PCM, 8 to 16 kHz and back, reply.
//
//     peer_ws.js PORT [CERTIFICATE KEY]     0 takes a free port; prints "listening on ws[s]://127.0.0.1:PORT"
"use strict";
const fs = require("fs");
const http = require("http");
const https = require("https");
const { WebSocketServer } = require("ws");

const toLinear = new Int16Array(256);
for (let code = 0; code < 256; code++) {
  const inverted = ~code & 0xff, step = inverted & 15, exponent = (inverted >> 4) & 7;
  const magnitude = ((step * 8 + 132) << exponent) - 132;
  toLinear[code] = code & 0x80 ? magnitude : -magnitude;
}
const toCode = new Uint8Array(65536);
for (let value = -32768; value < 32768; value++) {
  const magnitude = Math.min((value >= 0 ? value : ~value) >> 2, 8158) + 33;
  let segment = 1;
  while (magnitude >> (segment + 5) > 0) segment++;
  toCode[value & 0xffff] = ((8 - segment) << 4) | (15 - ((magnitude >> segment) & 15)) | (value >= 0 ? 0x80 : 0);
}

// Half-band low pass of 63 taps under a Blackman window; the even ones off the middle are zero.
const HALF = 31, taps = new Float64Array(16);
for (let index = 0; index < 16; index++) {
  const offset = 2 * index + 1, angle = Math.PI * (1 + offset / (HALF + 1));
  const window = 0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
  taps[index] = (Math.sin((Math.PI * offset) / 2) / (Math.PI * offset)) * window;
}
const clip = (value) => Math.max(-32768, Math.min(32767, Math.round(value)));

class Up {
  constructor() { this.past = new Float64Array(31); }
  convert(samples) {
    const line = new Float64Array(31 + samples.length), out = new Int16Array(2 * samples.length);
    line.set(this.past);
    line.set(samples, 31);
    for (let n = 0; n < samples.length; n++) {
      let sum = 0;
      for (let k = 0; k < 16; k++) sum += taps[k] * (line[n + 15 - k] + line[n + 16 + k]);
      out[2 * n] = line[n + 15];
      out[2 * n + 1] = clip(2 * sum);
    }
    this.past = line.slice(samples.length);
    return out;
  }
}

class Down {
  constructor() { this.past = new Float64Array(62); }
  convert(samples) {
    const line = new Float64Array(62 + samples.length), out = new Int16Array(samples.length / 2);
    line.set(this.past);
    line.set(samples, 62);
    for (let n = 0; n < out.length; n++) {
      const middle = 2 * n + 31;
      let sum = line[middle] / 2;
      for (let k = 0; k < 16; k++) sum += taps[k] * (line[middle - 2 * k - 1] + line[middle + 2 * k + 1]);
      out[n] = clip(sum);
    }
    this.past = line.slice(samples.length);
    return out;
  }
}

function serve(socket) {
  let stream = "", isTwilio = false, linear = false, up = null, down = null;
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.event === "start") {
      isTwilio = "streamSid" in message;
      stream = message.streamSid;
      const format = message.start.mediaFormat || message.start.media_format || {};
      linear = format.encoding === "raw/slin";
      if (Number(format.sampleRate || format.sample_rate || 8000) === 8000) { up = new Up(); down = new Down(); }
    } else if (message.event === "media") {
      const bytes = Buffer.from(message.media.payload, "base64");
      let samples;
      if (linear) {
        samples = new Int16Array(bytes.length / 2);
        for (let n = 0; n < samples.length; n++) samples[n] = bytes.readInt16LE(2 * n);
      } else {
        samples = new Int16Array(bytes.length);
        for (let n = 0; n < bytes.length; n++) samples[n] = toLinear[bytes[n]];
      }
      if (up) samples = down.convert(up.convert(samples));
      const out = Buffer.allocUnsafe(bytes.length);
      if (linear) for (let n = 0; n < samples.length; n++) out.writeInt16LE(samples[n], 2 * n);
      else for (let n = 0; n < samples.length; n++) out[n] = toCode[samples[n] & 0xffff];
      const payload = out.toString("base64");
      socket.send(JSON.stringify(isTwilio ? { event: "media", streamSid: stream, media: { payload } }
        : { type: "response.audio.delta", delta: payload }));
    } else if (message.event === "stop") {
      socket.close();
    }
  });
}

const [port, certificate, key] = process.argv.slice(2);
const server = certificate
  ? https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }) : http.createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", serve);
server.listen(Number(port), "127.0.0.1", () => {
  console.log(`listening on ws${certificate ? "s" : ""}://127.0.0.1:${server.address().port}`);
});
