#!/usr/bin/env bash
# A picture of a program in a real terminal (xterm on a virtual display), after some keys.
#
#   scripts/screenshot.sh OUT.png COLSxROWS "keys…" -- command…
#   scripts/screenshot.sh screenshots/functions.png 120x32 "wait:2 j j Enter" -- target/release/lambdash --demo
#
# Keys are tmux's words, sent one by one: j, Enter, Escape, C-d, Space; `text:WORDS` types letters, `wait:SECONDS` waits.
# Needs Xvfb, xterm, tmux, xdotool, ImageMagick and the DejaVu fonts:
#   apt-get install --no-install-recommends xvfb xterm tmux xdotool imagemagick fonts-dejavu-core
# BACKGROUND and FOREGROUND set the terminal's own colours, FONT_SIZE its size in points.
set -euo pipefail

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[[ $# -ge 5 && $4 == -- ]] || usage
out=$1 columns=${2%x*} rows=${2#*x}
read -ra keys <<<"$3"
shift 4

missing=()
for tool in Xvfb xterm tmux xdotool; do command -v "$tool" >/dev/null || missing+=("$tool"); done
# Some machines have a stand-in called `convert` first in PATH; `import` has no such double.
command -v import >/dev/null || missing+=("import (ImageMagick)")
if ((${#missing[@]})); then
    echo "screenshot: missing ${missing[*]}; see the head of $0 for the packages" >&2
    exit 1
fi

name=shot-$$ scratch=$(mktemp -d)
display= terminal=
finish() {
    tmux -L "$name" kill-server 2>/dev/null || true
    [[ -z $terminal ]] || kill "$terminal" 2>/dev/null || true
    [[ -z $display ]] || kill "$display" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

# Keys go through tmux: without a window manager xterm never gets those of xdotool.
cat >"$scratch/tmux.conf" <<'CONF'
set -g status off
set -s escape-time 0
set -g default-terminal tmux-256color
set -ga terminal-overrides ",xterm*:Tc"
set -g remain-on-exit on
CONF

# The server picks a free display and says which on this descriptor.
exec {said}> >(cat >"$scratch/display")
Xvfb -displayfd "$said" -screen 0 3200x2000x24 -nolisten tcp 2>/dev/null &
display=$!
for _ in $(seq 50); do [[ -s $scratch/display ]] && break; sleep 0.1; done
DISPLAY=:$(<"$scratch/display")
export DISPLAY

# xterm's own 16 colours are those of 1984; these are near what terminals ship today.
palette=()
hues=('#24272e' '#f2666b' '#3fc78b' '#e5b54a' '#62a0ea' '#d78ce8' '#4cc4dd' '#c6cad2')
bright=('#7d8594' '#ff8086' '#5fe0a5' '#f5cb6a' '#86bbff' '#e9a8f7' '#73dcf2' '#ffffff')
for hue in "${!hues[@]}"; do
    palette+=(-xrm "XTerm*color$hue: ${hues[hue]}" -xrm "XTerm*color$((hue + 8)): ${bright[hue]}")
done

printf -v command '%q ' env COLORTERM=truecolor "$@"
tmux -L "$name" -f "$scratch/tmux.conf" new-session -d -x "$columns" -y "$rows" "$command"
xterm -u8 -fa 'DejaVu Sans Mono' -fs "${FONT_SIZE:-13}" -geometry "${columns}x${rows}+0+0" -b 6 -bw 0 +sb "${palette[@]}" \
    -bg "${BACKGROUND:-#16181d}" -fg "${FOREGROUND:-#d7dae0}" \
    -e tmux -L "$name" attach &
terminal=$!
sleep 1.5

for key in "${keys[@]}"; do
    case $key in
    wait:*) sleep "${key#wait:}" ;;
    text:*) tmux -L "$name" send-keys -l "${key#text:}" ;;
    *) tmux -L "$name" send-keys "$key" ;;
    esac
    sleep 0.15
done
sleep 0.5

window=$(xdotool search --class xterm | tail -1)
mkdir -p "$(dirname "$out")"
# 256 colours are enough for a terminal, and a fifth of the bytes.
import -window "$window" "PNG8:$out"
echo "screenshot: $out"
