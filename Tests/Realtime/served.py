# SPDX-License-Identifier: Apache-2.0
"""A server that a check starts, and what is looked at when it has ended."""
import asyncio


async def begin(voicebridge, file, log):
    """Starts `serve` on a configuration; gives the process and the URL that it listens on, without a path."""
    process = await asyncio.create_subprocess_exec(
        voicebridge, "serve", "--config", file, stdout=asyncio.subprocess.PIPE, stderr=log
    )
    while line := (await asyncio.wait_for(process.stdout.readline(), 30)).decode():
        if line.startswith("listening on "):
            return process, line.removeprefix("listening on ").strip().split("/v1/")[0].rstrip("/")
    await end(process)
    raise SystemExit("the server did not start; its log is server.log")


async def end(process):
    """Ends it; says whether it ended as it should."""
    if process.returncode is None:
        process.terminate()
    await process.wait()
    if process.returncode != 0:
        print(f"the server ended with status {process.returncode}")
    return process.returncode == 0
