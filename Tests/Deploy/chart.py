# SPDX-License-Identifier: Apache-2.0
"""The Helm chart, rendered by Tests/Deploy/RenderChart: its values against its schema, its manifests against the schemas of
Kubernetes, the configuration in it against the program, and what must fit together between them.

    chart.py RENDERER VOICEBRIDGE HOME
"""

import copy
import pathlib
import subprocess
import sys

import jsonschema
import kubernetes_validate
import yaml

CHART = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy" / "helm" / "voicebridge"
IMAGE = {"image": {"repository": "registry.example.net/voicebridge"}}
VARIANTS = {
    "defaults": {},
    "all switched on": {
        "autoscaling": {"enabled": True, "metric": "voicebridge_calls"},
        "networkPolicy": {"from": ["192.0.2.0/24", "2001:db8::/32"], "adminFrom": {"app": "probe"}, "to": ["203.0.113.0/24"]},
        "service": {"annotations": {"example.net/idle-timeout": "3600"}},
        "image": {"tag": "7", "pullSecrets": ["registry"]},
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [{"key": "calls", "operator": "Exists"}],
        "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
            {"weight": 1, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname"}}]}},
    },
    "all switched off": {
        "tls": {"enabled": False}, "disruptionBudget": {"enabled": False}, "networkPolicy": {"enabled": False},
        "service": {"type": "ClusterIP"}, "preStopSeconds": 0, "drainSeconds": 3600,
    },
}


class Wrong(Exception):
    """What was not as it must be."""


def laid(over, under):
    """One map over another, as Helm lays values."""
    result = copy.deepcopy(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = laid(value, result[key]) if both else copy.deepcopy(value)
    return result


def schema_faults(values):
    schema = yaml.safe_load((CHART / "values.schema.json").read_text())
    whole = laid(values, yaml.safe_load((CHART / "values.yaml").read_text()))
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(whole)]


def rendered(renderer, home, values):
    """The manifests by kind."""
    file = home / "values.yaml"
    file.write_text(yaml.safe_dump(values))
    result = subprocess.run([renderer, str(CHART), str(file)], capture_output=True, text=True)
    if result.returncode:
        raise Wrong(result.stderr.strip().splitlines()[-1])
    (home / "manifests.yaml").write_text(result.stdout)
    return {manifest["kind"]: manifest for manifest in yaml.safe_load_all(result.stdout)}


def check_configuration(program, home, manifests):
    """The configuration as the pod would read it, by the program itself."""
    folder = home / "credentials"
    folder.mkdir(exist_ok=True)
    for name in ("token", "tls.crt", "tls.key"):
        (folder / name).write_text("sesame-of-the-chart")
    file = home / "voicebridge.yaml"
    file.write_text(manifests["ConfigMap"]["data"]["voicebridge.yaml"])
    environment = {"CREDENTIALS_DIRECTORY": str(folder)}
    result = subprocess.run([program, "config", "check", str(file)], capture_output=True, text=True, env=environment)
    if result.returncode:
        raise Wrong(f"the configuration is refused: {result.stderr}{result.stdout}")
    return yaml.safe_load(file.read_text())


def seconds(text):
    return int(text.removesuffix("s"))


def fits(manifests, configuration):
    """What must agree between the manifests."""
    pod = manifests["Deployment"]["spec"]["template"]
    container = pod["spec"]["containers"][0]
    labels = pod["metadata"]["labels"]
    selectors = [manifests["Deployment"]["spec"]["selector"]["matchLabels"], manifests["Service"]["spec"]["selector"]]
    selectors += [manifests[kind]["spec"]["selector"]["matchLabels"]
                  for kind in ("PodDisruptionBudget",) if kind in manifests]
    selectors += [manifests[kind]["spec"]["podSelector"]["matchLabels"] for kind in ("NetworkPolicy",) if kind in manifests]
    if any(labels.get(key) != value for selector in selectors for key, value in selector.items()):
        raise Wrong("a selector does not find the pods")
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    if ports != {"calls": configuration["listen"]["port"], "admin": configuration["admin"]["port"]}:
        raise Wrong(f"the ports are {ports}, and others in the configuration")
    named = [manifests["Service"]["spec"]["ports"][0]["targetPort"],
             container["readinessProbe"]["httpGet"]["port"], container["livenessProbe"]["httpGet"]["port"]]
    named += [port["port"] for rule in manifests.get("NetworkPolicy", {}).get("spec", {}).get("ingress", [])
              for port in rule["ports"]]
    if any(name not in ports for name in named):
        raise Wrong(f"a port among {named} is not the container's")
    sleep = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["", "0"])[1]
    drain = seconds(configuration["limits"]["drain_deadline"])
    # Hanging up and closing take up to 13 s after the drain.
    if pod["spec"]["terminationGracePeriodSeconds"] < int(sleep) + drain + 15:
        raise Wrong("the grace period is shorter than preStop and drain")
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    if mounted != {volume["name"] for volume in pod["spec"]["volumes"]}:
        raise Wrong("volumes and mounts differ")
    autoscaled = "HorizontalPodAutoscaler" in manifests
    if autoscaled == ("replicas" in manifests["Deployment"]["spec"]):
        raise Wrong("the number of pods is set by none or by two")


def main():
    renderer, program, home = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    home.mkdir(parents=True, exist_ok=True)
    whole = 0
    for name, values in VARIANTS.items():
        values = laid(values, IMAGE)
        if schema_faults(values):
            raise Wrong(f"{name}: {schema_faults(values)}")
        manifests = rendered(renderer, home, values)
        for manifest in manifests.values():
            kubernetes_validate.validate(manifest, "1.37", strict=True)
        configuration = check_configuration(program, home, manifests)
        fits(manifests, configuration)
        whole += len(manifests)
        print(f"{name}: {', '.join(sorted(manifests))} are good, and so is the configuration in them")
    if whole < 3 * 3:
        raise Wrong(f"only {whole} manifests were made")

    def planted(name, attempt):
        try:
            attempt()
        except (Wrong, kubernetes_validate.ValidationError) as wrong:
            print(f"planted, {name}: {str(wrong).splitlines()[0][:110]}")
            return
        raise Wrong(f"planted, {name}: not noticed")

    def refuse(values):
        if schema_faults(laid(values, IMAGE)):
            raise Wrong(schema_faults(laid(values, IMAGE))[0])

    def broken(change):
        manifests = rendered(renderer, home, IMAGE)
        change(manifests)
        kubernetes_validate.validate(manifests["Deployment"], "1.37", strict=True)
        fits(manifests, check_configuration(program, home, manifests))

    planted("an unknown value", lambda: refuse({"replicaCount": 3}))
    planted("an admin section of one's own", lambda: refuse({"configuration": {"admin": {"port": 1}}}))
    planted("no image", lambda: rendered(renderer, home, {}))
    planted("scaling without a metric", lambda: rendered(renderer, home, laid({"autoscaling": {"enabled": True, "metric": ""}}, IMAGE)))
    planted("an unknown key of the configuration", lambda: broken(
        lambda m: m["ConfigMap"]["data"].update({"voicebridge.yaml": m["ConfigMap"]["data"]["voicebridge.yaml"] + "\nspeed: 1"})))
    planted("a field that Kubernetes does not have", lambda: broken(
        lambda m: m["Deployment"]["spec"]["template"]["spec"].update({"gracePeriod": 1})))
    planted("a grace period shorter than the drain", lambda: broken(
        lambda m: m["Deployment"]["spec"]["template"]["spec"].update({"terminationGracePeriodSeconds": 300})))


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")
