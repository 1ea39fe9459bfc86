#!/usr/bin/env bash
# The third-party AWS server that lambdash is tested against: ministack (PyPI, MIT), on loopback only.
#
#   scripts/ministack.sh start [PORT]   install if missing, start with what it had, wait until it answers (default port 4566)
#   scripts/ministack.sh stop           stop the one started here; it keeps what it was given for the next start
#   scripts/ministack.sh empty          stop it and forget what it was given
#   scripts/ministack.sh python         print the Python that has boto3, for scripts/seed_account.py
#
# Everything lives in target/ministack: the virtual environment, the log, the account, the temporary folders of the functions.
# ministack runs the handlers it is given as plain processes, without a sandbox: give it trusted code only.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
home=$root/target/ministack
# Without cbor2 the metrics answers are JSON labelled as CBOR, which the Rust SDK refuses.
packages=(ministack==1.5.33 cbor2==6.2.1 boto3==1.43.106)

install() {
    [[ -e $home/installed && $(<"$home/installed") == "${packages[*]}" ]] && return
    echo "ministack: installing ${packages[*]} into target/ministack" >&2
    rm -rf "$home/venv"
    python3 -m venv "$home/venv"
    "$home/venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
    echo "${packages[*]}" >"$home/installed"
}

answers() { # PORT
    "$home/venv/bin/python" - "$1" <<'PY' 2>/dev/null
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/_ministack/health", timeout=2).read()
PY
}

running() { [[ -e $home/pid ]] && kill -0 "$(<"$home/pid")" 2>/dev/null; }

start() { # PORT
    local port=$1
    mkdir -p "$home/tmp"
    install
    if running; then
        echo "ministack: already running as process $(<"$home/pid"); stop it with: scripts/ministack.sh stop" >&2
        exit 1
    fi
    if answers "$port"; then
        echo "ministack: something else answers on port $port already; choose another: scripts/ministack.sh start PORT" >&2
        exit 1
    fi
    # It binds every interface unless told otherwise, leaves temporary folders behind, and forgets the account when it ends.
    TMPDIR=$home/tmp BIND_HOST=127.0.0.1 GATEWAY_PORT=$port PERSIST_STATE=1 STATE_DIR=$home/account \
        setsid "$home/venv/bin/ministack" >"$home/log" 2>&1 </dev/null &
    echo $! >"$home/pid"
    for _ in $(seq 100); do
        if answers "$port"; then
            echo "ministack: listening on http://127.0.0.1:$port"
            return
        fi
        running || break
        sleep 0.2
    done
    echo "ministack: did not answer on port $port within 20 s; the end of target/ministack/log:" >&2
    tail -n 20 "$home/log" >&2
    stop
    exit 1
}

stop() {
    if running; then
        # Its own process group: the handlers that it keeps warm go with it.
        kill -- "-$(<"$home/pid")" 2>/dev/null || kill "$(<"$home/pid")" 2>/dev/null || true
        for _ in $(seq 25); do running || break; sleep 0.2; done
        if running; then kill -9 -- "-$(<"$home/pid")" 2>/dev/null || true; fi
    fi
    rm -f "$home/pid"
    rm -rf "$home/tmp"
}

case ${1:-} in
start) start "${2:-4566}" ;;
stop) stop ;;
empty) stop; rm -rf "$home/account" ;;
python) mkdir -p "$home"; install; echo "$home/venv/bin/python" ;;
*) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
