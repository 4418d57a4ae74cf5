# SPDX-License-Identifier: Apache-2.0
# The fuzzing client of AutobahnTestSuite. Sourced by support.sh.

# Prints the path of a Python 2.7, or fails.
find_python27() {
    local candidate
    for candidate in "${PYTHON27:-}" "$(command -v python2.7)" \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/2.7.*/bin/python2.7 /usr/local/bin/python2.7; do
        # Asked, not believed: pyenv's shims exist for versions that are not active.
        if [ -n "$candidate" ] && [ -x "$candidate" ] &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (2, 7))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

# The suite is Python 2.7 code whatever its release date; the last releases of its dependencies that still are, too,
# stand in requirements.txt. They are installed without build isolation, which would fetch newer build tools.
install_autobahn() {
    local environment=$home/autobahn mark
    mark=$environment/.installed-$(cksum <"$here/autobahn/requirements.txt" | cut -d' ' -f1)
    [ -e "$mark" ] && return 0
    local python27
    python27=$(find_python27) || {
        echo "there is no Python 2.7, which the Autobahn suite needs; set PYTHON27 to run it"
        [ "${CI:-}" = true ] && return 1
        return 77
    }
    need_packages python3-venv || return 1
    echo "installing the Autobahn suite"
    {
        rm -rf "$environment" "$home/virtualenv" &&
            python3 -m venv "$home/virtualenv" &&
            "$home/virtualenv/bin/pip" install --quiet virtualenv==20.21.1 &&
            "$home/virtualenv/bin/virtualenv" --quiet --python "$python27" "$environment" &&
            "$environment/bin/pip" install --quiet --no-build-isolation incremental==16.10.1 &&
            "$environment/bin/pip" install --quiet --no-build-isolation -r "$here/autobahn/requirements.txt" &&
            "$environment/bin/pip" install --quiet --no-deps --no-build-isolation autobahntestsuite==25.10.1 &&
            "$environment/bin/wstest" --help >/dev/null &&
            touch "$mark"
    } >"$home/autobahn-install.log" 2>&1 || {
        echo "the Autobahn suite cannot be installed; see $home/autobahn-install.log" >&2
        tail -n 5 "$home/autobahn-install.log" >&2
        return 1
    }
}

# run_autobahn plain|tls all|ci|core
run_autobahn() {
    local transport=$1 cases=$2 report=$home/autobahn-$1
    install_autobahn || return $?
    start_server "$transport" || return 1
    rm -rf "$report"
    # Two clients at once where there is a second core: the suite's own client is the slow side.
    python3 "$here/autobahn/specification.py" "$server_url" "$report" "$cases" "$(($(nproc) > 1 ? 2 : 1))" || return 1
    local specification part client_status=0 clients=()
    for specification in "$report"/*/specification.json; do
        part=$(dirname "$specification")
        timeout -k 10 "${AUTOBAHN_TIMEOUT:-3600}" "$home/autobahn/bin/wstest" \
            --mode fuzzingclient --spec "$specification" >"$part/wstest.log" 2>&1 &
        clients+=($!)
    done
    for part in "${clients[@]}"; do
        wait "$part" || client_status=$?
    done
    [ $client_status -eq 0 ] || echo "wstest ended with $client_status (124: out of time); see $report/*/wstest.log" >&2
    python3 "$here/autobahn/verdict.py" "$report" "$transport $cases" && [ $client_status -eq 0 ]
}
