// SPDX-License-Identifier: Apache-2.0
// Node's `ws` as a client: echoes of every kind, fragments, negotiation, ping, close. See peers.sh.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const WebSocket = require("ws");

const [url, certificate, compression] = process.argv.slice(2);
let checks = 0;

function check(name, passed) {
    checks += 1;
    console.log(`${passed ? "ok" : "WRONG"} ${name}`);
    if (!passed) process.exit(1);
}

const socket = new WebSocket(url, {
    ca: fs.readFileSync(certificate),
    perMessageDeflate: { threshold: 0 },
    maxPayload: 0,
});
const received = [];
const waiting = [];
socket.on("message", (data, isBinary) => {
    const message = isBinary ? data : data.toString();
    if (waiting.length > 0) waiting.shift()(message);
    else received.push(message);
});
const next = () => received.length > 0 ? Promise.resolve(received.shift()) : new Promise((done) => waiting.push(done));
const equal = (one, two) => typeof one === "string" ? one === two : Buffer.isBuffer(two) && one.equals(two);

async function echo(name, message) {
    socket.send(message);
    check(`echo of ${name}`, equal(message, await next()));
}

socket.on("error", (error) => {
    console.log(`error ${error.message}`);
    process.exit(1);
});
socket.on("open", async () => {
    check("compression as expected", (socket.extensions !== "") === (compression === "deflate"));
    const noise = crypto.randomBytes(5000000);
    await echo("nothing", "");
    await echo("text", "hello");
    await echo("characters of four bytes", "\u{1F600}".repeat(1000));
    await echo("large text", "text ".repeat(400000));
    for (const size of [0, 1, 125, 126, 65535, 65536, 5000000]) {
        await echo(`${size} bytes`, noise.subarray(0, size));
    }
    await echo("zeros", Buffer.alloc(3000000));
    socket.send("frag", { fin: false });
    socket.send("", { fin: false });
    socket.send("mented", { fin: true });
    check("echo of a fragmented text", (await next()) === "fragmented");
    socket.send(noise.subarray(0, 70000), { fin: false });
    socket.ping("between");
    socket.send(noise.subarray(70000, 100000), { fin: true });
    check("echo of a fragmented binary", equal(noise.subarray(0, 100000), await next()));
    for (let number = 0; number < 200; number += 1) socket.send(`message ${number}`);
    let inOrder = true;
    for (let number = 0; number < 200; number += 1) inOrder = (await next()) === `message ${number}` && inOrder;
    check("order of many", inOrder);
    const pong = new Promise((done) => socket.once("pong", (data) => done(data.toString())));
    socket.ping("are you there");
    check("pong", (await pong) === "are you there");
    socket.on("close", (code) => {
        check("close echoed", code === 4321);
        console.log(`checks ${checks}`);
        process.exit(0);
    });
    socket.close(4321, "done");
});
