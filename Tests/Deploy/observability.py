# SPDX-License-Identifier: Apache-2.0
"""What Prometheus is told, asked and shown: a server's page against promtool, the alerts and their cases, every query of the
dashboard, the names in them against the page, the runbook, and the document of the admin API. Faults are planted that must be
seen.

    observability.py VOICEBRIDGE HOME
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "deploy" / "observability"
RUNBOOK = ROOT / "Sources" / "VoiceBridge" / "VoiceBridge.docc" / "Runbook.md"
# Told only once something of the kind has happened, or where it is switched on.
OCCASIONAL = re.compile(
    "voicebridge_(tenant_.*|turn_answer_seconds.*|bot_failures_total|transfers_total|digits_total"
    "|audio_faults_total|platform_events_total)|up")


class Wrong(Exception):
    """What was not as it must be."""


def promtool(*arguments, stdin=None):
    result = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True, input=stdin)
    if result.returncode:
        raise Wrong(" ".join((result.stdout + result.stderr).split())[-300:])
    return result.stdout


def page(program, home):
    """The page of a server that has had a call."""
    file = home / "observed.yaml"
    (home / "recordings").mkdir(exist_ok=True)
    file.write_text("limits: {lag: off}\nlisten: {port: 0, plain: true}\nadmin: {port: 0}\n"
                    f"records: {{path: {home}/calls.sqlite}}\nrecording: {{folder: {home}/recordings}}\n"
                    f"webhooks: {{spool: {home}/webhooks.sqlite, endpoints: [{{name: nobody, url: 'http://127.0.0.1:9/', "
                    "secret: a secret of a check}]}\n"
                    "routes:\n  - {bot: echo, authentication: {none: true}}\n")
    log = home / "observed.log"
    with log.open("w") as errors:
        server = subprocess.Popen([program, "serve", "--config", file], stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        port = re.search(r'"admin_port":"(\d+)"', log.read_text()).group(1)
        subprocess.run([program, "call", url + "/v1/ivr-solutions", "--for", "1", "--json"], check=True, capture_output=True)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            return answer.read().decode()
    finally:
        server.terminate()
        server.wait()


def families(text):
    """Every name that a query can ask for."""
    # A family in which nothing was counted yet has its help alone.
    names = set(re.findall(r"^# HELP (\S+)", text, re.MULTILINE))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            names.add(re.match(r"[a-z_:]+", line).group(0))
    return names


def queries(dashboard):
    """Every query of a dashboard, with its variables filled in."""
    found = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    found += [annotation["expr"] for annotation in dashboard["annotations"]["list"]]
    for query in found:
        filled = query.replace("$__rate_interval", "5m").replace("$__interval", "1m")
        yield re.sub(r"\$\{?[a-z]+\}?", "x", filled)


def check_queries(dashboard, home):
    rules = [{"record": f"query:number{number}", "expr": query} for number, query in enumerate(queries(dashboard))]
    file = home / "queries.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool("check", "rules", file)
    return len(rules)


def check_names(texts, told):
    asked = set()
    for text in texts:
        asked |= set(re.findall(r"\b(?:voicebridge|process)_[a-z_]+\b", text))
    unknown = {name for name in asked if name not in told and not OCCASIONAL.fullmatch(name)}
    if unknown:
        raise Wrong(f"no server tells {sorted(unknown)}")
    return len(asked)


def check_runbook(rules, text):
    alerts = [rule["alert"] for rule in rules]
    sections = re.findall(r"^## (VoiceBridge\w+)$", text, re.MULTILINE)
    if alerts != sections:
        raise Wrong(f"alerts and sections of the runbook differ: {sorted(set(alerts) ^ set(sections)) or 'in their order'}")
    for rule in rules:
        if rule["annotations"]["runbook"] != f"Runbook.md, {rule['alert']}":
            raise Wrong(f"{rule['alert']} names another section")
    return len(alerts)


def check_cases(cases, rules):
    """A case in which it fires and one in which it does not, for every alert."""
    seen = [(case["alert_rule_test"][0]["alertname"], bool(case["alert_rule_test"][0]["exp_alerts"])) for case in cases]
    for rule in rules:
        if (rule["alert"], True) not in seen or (rule["alert"], False) not in seen:
            raise Wrong(f"{rule['alert']} has not both cases")


def main():
    program, home = sys.argv[1], pathlib.Path(sys.argv[2])
    home.mkdir(parents=True, exist_ok=True)
    text = page(program, home)
    promtool("check", "metrics", stdin=text)
    told = families(text)
    print(f"promtool finds no fault with a page of {len(told)} names")
    rules_file, cases_file = FOLDER / "prometheus-rules.yaml", FOLDER / "prometheus-rules-test.yaml"
    rules = yaml.safe_load(rules_file.read_text())["groups"][0]["rules"]
    promtool("check", "rules", rules_file)
    promtool("test", "rules", cases_file)
    check_cases(yaml.safe_load(cases_file.read_text())["tests"], rules)
    dashboard = json.loads((FOLDER / "grafana-dashboard.json").read_text())
    print(f"{len(rules)} alerts fire and are silent as they should, {check_queries(dashboard, home)} queries are understood")
    asked = check_names([rules_file.read_text(), *queries(dashboard)], told)
    print(f"{asked} names in them are told, {check_runbook(rules, RUNBOOK.read_text())} sections are in the runbook")
    document = ROOT / "deploy" / "openapi.yaml"
    validator = [sys.executable, "-m", "openapi_spec_validator"]
    subprocess.run([*validator, document], check=True, stdout=subprocess.DEVNULL)

    def planted(name, attempt):
        try:
            attempt()
        except (Wrong, subprocess.CalledProcessError) as wrong:
            print(f"planted, {name}: {str(wrong).splitlines()[0][-110:]}")
            return
        raise Wrong(f"planted, {name}: not noticed")

    def changed(file, old, new):
        content = file.read_text()
        if old not in content:
            raise SystemExit(f"WRONG: nothing to plant in {file.name}")
        result = home / file.name
        result.write_text(content.replace(old, new, 1))
        return result

    def cases_with(old, new):
        shutil.copy(cases_file, home)
        changed(rules_file, old, new)
        promtool("test", "rules", home / cases_file.name)

    planted("a line that is no figure", lambda: promtool("check", "metrics", stdin=text + "voicebridge_calls one\n"))
    planted("a counter without its ending", lambda: promtool(
        "check", "metrics", stdin="# HELP a_number Counts.\n# TYPE a_number counter\na_number 1\n"))
    planted("a function that is none", lambda: promtool("check", "rules", changed(rules_file, "sum by (instance)", "sam by (instance)")))
    planted("an alert that never fires", lambda: cases_with('up{job="voicebridge"} == 0', 'up{job="voicebridge"} == 2'))
    planted("an alert that always fires", lambda: cases_with("voicebridge_webhooks_failing > 0", "voicebridge_webhooks_failing > -1"))
    planted("an alert without cases", lambda: check_cases([], rules))
    planted("a query that nobody understands", lambda: check_queries(
        {"panels": [{"targets": [{"expr": "sum(rate(voicebridge_calls[5m])"}]}], "annotations": {"list": []}}, home))
    planted("a name that nobody tells", lambda: check_names(["sum(voicebridge_cals)"], told))
    planted("an alert without a section", lambda: check_runbook(rules, RUNBOOK.read_text().replace("## VoiceBridgeDown", "## Down")))
    planted("a status that is none", lambda: subprocess.run(
        [*validator, changed(document, '"202":\n          description', '"20":\n          describtion')], check=True, capture_output=True))


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")
