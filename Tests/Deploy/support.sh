# SPDX-License-Identifier: Apache-2.0
# What the checks of deploy/ share. Sourced after Tests/Checks/support.sh.

deploy_checks=$root/Tests/Deploy
deploy_home=$root/.cache/deploy

# need_linters: makes the environment of what comes from PyPI, once; sets linters, the folder of its programs.
need_linters() {
    local installed
    installed=$deploy_home/environment/.installed-$(sha256sum <"$deploy_checks/requirements.txt" | cut -c1-16)
    linters=$deploy_home/environment/bin
    [ ! -e "$installed" ] || return 0
    rm -rf "$deploy_home/environment"
    mkdir -p "$deploy_home"
    python3 -m venv "$deploy_home/environment"
    "$linters/pip" install --quiet --disable-pip-version-check -r "$deploy_checks/requirements.txt"
    touch "$installed"
}
