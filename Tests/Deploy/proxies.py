# SPDX-License-Identifier: Apache-2.0
"""Calls through the proxies of deploy/proxies, as they stand there but for addresses, with the real programs.

    proxies.py VOICEBRIDGE HOME calls      the proxies take their files, and a call through each is as the wire's document says
    proxies.py VOICEBRIDGE HOME addresses  the caller's address reaches the server, and one that the caller writes does not
    proxies.py VOICEBRIDGE HOME silence    pings keep a silent call through a proxy that cuts silence

Each has faults planted, which must be seen.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Checks"))
import callresult
from stage import BEARER, Stage, Wrong


def check_calls(program, home):
    with Stage(program, home, "haproxy", "nginx", "caddy") as stage:
        (home / "secret").write_text("sesame\n")
        for proxy in stage.proxies:
            answer = stage.run("check", proxy.url + "/desk", "--as", "bearer", "--secret-file", str(home / "secret"))
            if answer.returncode:
                raise Wrong(f"{proxy.name}: voicebridge check: {answer.stdout}{answer.stderr}")
        running = [(proxy, stage.begin("call", proxy.url + "/desk", *BEARER, "--dtmf", "1@2", "--json"))
                   for proxy in stage.proxies]
        for proxy, call in running:
            output, errors = call.communicate(timeout=90)
            file = home / f"{proxy.name}.json"
            file.write_text(output)
            result = callresult.read(file)
            broken, _ = callresult.violations(result)
            commands = [command["type"] for command in result["commands"]]
            if broken or result["ended_by"] != "bot" or "session.transfer" not in commands or not result["heard_ms"]:
                raise Wrong(f"{proxy.name}: {broken} {output} {errors}")
            print(f"{proxy.name}: its file is taken; a call through it was transferred by the bot after "
                  f"{result['duration_ms']} ms, {result['frames_sent']} messages there, {result['frames_received']} back, "
                  f"{result['heard_ms']} ms heard, no message against the wire's rules")
    # A proxy that forgets the upgrade must not pass for one that makes it.
    forgetful = {"nginx": [("proxy_set_header Upgrade $http_upgrade;", "")]}
    with Stage(program, home / "forgetful", "nginx", changes=forgetful) as stage:
        answer = stage.run("call", stage.proxies[0].url + "/desk", *BEARER, "--for", "1", "--json")
        if answer.returncode == 0:
            raise Wrong("an nginx that drops `Upgrade` was not noticed")
    print("planted: an nginx that drops `Upgrade` lets no call through")


def check_addresses(program, home):
    spoof = ["--header", "X-Forwarded-For: 127.0.0.2"]
    silent = {"haproxy": [("option forwardfor", "")], "nginx": [("proxy_set_header X-Forwarded-For", "#")]}
    with Stage(program, home, "haproxy", "nginx") as stage:
        for proxy in stage.proxies:
            good = stage.run("call", proxy.url + "/here", "--for", "0.5", "--json")
            if good.returncode:
                raise Wrong(f"{proxy.name}: the caller's address did not arrive: {good.stdout}{good.stderr}")
            for path, options in (("/elsewhere", []), ("/elsewhere", spoof)):
                bad = stage.run("call", proxy.url + path, "--for", "0.5", "--json", *options)
                if bad.returncode == 0 or "403" not in bad.stdout + bad.stderr:
                    raise Wrong(f"{proxy.name}: {options} got in where only 127.0.0.2 may: {bad.stdout}{bad.stderr}")
            print(f"{proxy.name}: the caller's address is believed, one that the caller writes is not")
    with Stage(program, home / "silent", "haproxy", "nginx", changes=silent) as stage:
        for proxy in stage.proxies:
            if stage.run("call", proxy.url + "/here", "--for", "0.5", "--json").returncode == 0:
                raise Wrong(f"{proxy.name}: without X-Forwarded-For the check passed all the same")
    print("planted: without X-Forwarded-For both are refused")


def check_silence(program, home):
    impatient = {
        "haproxy": [("timeout tunnel 2m", "timeout tunnel 3s")],
        "nginx": [("proxy_read_timeout 2m", "proxy_read_timeout 3s"), ("proxy_send_timeout 2m", "proxy_send_timeout 3s")],
    }
    with Stage(program, home, "haproxy", "nginx", changes=impatient) as stage:
        runs = [(proxy.name, path, stage.begin("load", proxy.url + path, *BEARER, "--idle", "--calls", "3", "--for", "8",
                                               "--json"))
                for proxy in stage.proxies for path in ("/pinged", "/unpinged")]
        for name, path, run in runs:
            output, errors = run.communicate(timeout=90)
            if not output:
                raise Wrong(f"{name}{path}: {errors}")
            report = json.loads(output)
            opened, failed = report["calls_opened"], report["calls_failed"]
            if opened < 3:
                raise Wrong(f"{name}{path}: only {opened} of 3 calls came about")
            if path == "/pinged" and failed:
                raise Wrong(f"{name}: {failed} silent calls were cut although they are pinged: {report['failures']}")
            if path == "/unpinged" and not failed:
                raise Wrong(f"{name}: silent calls without pings were not cut, so that this check shows nothing")
        print("3 silent calls of 8 s through each proxy, which cuts after 3 s: pinged each second none was cut; planted: "
              "without pings they were")


def main():
    program, home, what = sys.argv[1:]
    checks = {"calls": check_calls, "addresses": check_addresses, "silence": check_silence}
    try:
        checks[what](program, pathlib.Path(home) / what)
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")


if __name__ == "__main__":
    main()
