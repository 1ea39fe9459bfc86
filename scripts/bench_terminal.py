#!/usr/bin/env python3
"""Measure lambdash in a pseudo-terminal, beside the least a program could take, against the demo account.

    cargo build --profile bench --bin lambdash --examples    # or --release: the same folder, with LTO
    scripts/bench_terminal.py [--only first-frame,keys] [--runs 7]

The far end is examples/demo_server on a socket of loopback, the floors are examples/floor_paint.rs,
examples/floor_list.rs and examples/floor_logs.rs. Every figure is read from the outside: the moment a byte leaves the
pseudo-terminal, /proc, and the far end's own count of requests. A chunk gets its time when it is
read; the screen is put together afterwards, so that the emulator's slowness costs nothing.

Prints one row per budget: ours, the floor, the ratio, the budget, and whether it is kept. `--only counted --strict` is
for CI: it takes a minute, times nothing, and holds for a debug build on a busy machine (--folder target/debug).
Linux only. Installs pyte (PyPI) into target/bench at the first run.
"""

import argparse
import contextlib
import datetime
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 200, 50
MARKER = "▌"  # what both programs put before the row under the cursor
RTT_MS = 80
FLOOD = "/aws/lambda/flood"


def need_pyte():
    """pyte, from a virtual environment of our own if the Python that runs us lacks it."""
    try:
        import pyte
    except ImportError:
        home = ROOT / "target" / "bench"
        if pathlib.Path(sys.prefix) == home:
            sys.exit(f"pyte is missing from {home}: delete the folder and run again")
        if not (home / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([home / "bin" / "pip", "install", "--quiet", "pyte==0.8.2"], check=True)
        os.execv(home / "bin" / "python", [str(home / "bin" / "python"), *sys.argv])
    return pyte


pyte = need_pyte()


class Program:
    """A program in a pseudo-terminal, and everything it wrote, with the time of each chunk."""

    def __init__(self, command, home=None, **environment):
        env = {
            "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "HOME": str(home or "/nonexistent"), "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true", **environment,
        }  # fmt: skip
        # The pipe closes at exec: its end of file is the moment the program begins.
        began, begins = os.pipe()
        os.set_inheritable(begins, False)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.close(began)
            os.execvpe(command[0], [str(word) for word in command], env)
        os.close(begins)
        os.read(began, 1)
        self.started = time.monotonic()
        os.close(began)
        self.chunks, self.fed, self.ended = [], 0, False
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)

    def press(self, keys):
        """Sends keys; the time at which they were sent."""
        now = time.monotonic()
        os.write(self.terminal, keys.encode())
        return now

    def record(self, seconds, quiet=None):
        """Reads for so long, or until nothing has come for `quiet` seconds, or the program has ended."""
        until = time.monotonic() + seconds
        while not self.ended:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], min(left, quiet or left))[0]:
                return
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                data = b""
            if data:
                self.chunks.append((time.monotonic(), data))
            else:
                self.ended = True

    def replay(self, seen):
        """When the screen first satisfied `seen`, in ms since the start; None if it has not yet."""
        while self.fed < len(self.chunks):
            at, data = self.chunks[self.fed]
            self.fed += 1
            self.stream.feed(data)
            if seen(self):
                return (at - self.started) * 1000
        return None

    def wait(self, seen, seconds, what):
        """As `replay`, but reads on until then. Only as exact as the emulator is fast."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.ended:
            at = self.replay(seen)
            if at is not None:
                return at
            self.record(0.05)
        raise TimeoutError(f"{what} was not on the screen after {seconds} s; it showed:\n{self.text()}")

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def marked(self):
        """What the row under the cursor says."""
        return next((line.split(MARKER, 1)[1] for line in self.screen.display if MARKER in line[:4]), "")

    def bytes(self):
        return sum(len(data) for _, data in self.chunks)

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.terminal)


class Bench:
    """The binaries, and the rows measured so far."""

    def __init__(self, folder, runs):
        self.folder, self.runs, self.rows, self.missed = folder, runs, [], 0
        for name in ("lambdash", "examples/demo_server", "examples/floor_paint", "examples/floor_list", "examples/floor_logs"):
            if not (folder / name).exists():
                sys.exit(f"{folder / name} is missing; build it with: cargo build --profile bench --bin lambdash --examples")

    @contextlib.contextmanager
    def far_end(self, functions, latency_ms=0, rate=None, log=None):
        """An account; `log` is how many lines a second its function `flood` logs, and for how many seconds it has."""
        command = [self.folder / "examples/demo_server", "--port", "0", "--functions", str(functions)]
        command += ["--latency-ms", str(latency_ms)] + (["--rate", str(rate)] if rate else [])
        command += ["--log-rate", str(log[0]), "--log-past", str(log[1])] if log else []
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.kill()
            server.wait()

    @contextlib.contextmanager
    def ours(self, url, *more, cache=None):
        home = pathlib.Path(tempfile.mkdtemp(prefix="lambdash-bench-"))
        command = [self.folder / "lambdash", "--endpoint-url", url, "--refresh", "off", *more]
        if cache is None:
            command.append("--no-cache")
        places = {f"XDG_{kind}_HOME": str((cache or home) / kind.lower()) for kind in ("CONFIG", "CACHE", "STATE", "DATA")}
        program = Program(command, home=home, **places)
        try:
            yield program
        finally:
            program.end()
            shutil.rmtree(home, ignore_errors=True)

    @contextlib.contextmanager
    def floor(self):
        program = Program([self.folder / "examples/floor_paint"])
        try:
            yield program
        finally:
            program.end()

    def floor_list(self, url, *more):
        """Marks of the bare SDK program: ms from exec to its `first` and `all` lines, and its peak memory in MB."""
        program = Program([self.folder / "examples/floor_list", "--endpoint-url", url, *more])
        program.record(120)
        marks = {}
        for at, data in program.chunks:
            for word in re.findall(rb"(first|all) \d", data):
                marks[word.decode()] = (at - program.started) * 1000
        peak = re.search(rb"peak_kb (\d+)", b"".join(data for _, data in program.chunks))
        program.end()
        if not peak:
            sys.exit(f"floor_list failed: {program.chunks}")
        return marks["first"], marks["all"], int(peak[1]) / 1024

    def floor_logs(self, url, seconds):
        """ms from exec until the bare SDK program has read the last `seconds` of the log of `flood`."""
        program = Program([self.folder / "examples/floor_logs", "--endpoint-url", url, "--group", FLOOD, "--since", str(seconds)])
        program.record(30)
        at = next(((at - program.started) * 1000 for at, data in program.chunks if b"all" in data), None)
        program.end()
        if at is None:
            sys.exit(f"floor_logs failed: {program.chunks}")
        return at

    def row(self, what, ours, floor, unit, budget, most):
        """One row; `most` is the largest figure that keeps the budget."""
        kept = ours is not None and ours <= most
        self.missed += not kept
        ratio = f"{ours / floor:.2f}" if floor and ours is not None else "–"
        show = lambda figure: "–" if figure is None else f"{figure:,.2f} {unit}".strip()
        cells = (what, show(ours), show(floor), ratio, budget, "kept" if kept else "MISSED")
        self.rows.append(cells)
        print("{:<46} {:>14} {:>14} {:>6}  {:<22} {}".format(*cells), flush=True)


def journal(url):
    """How often each operation was asked for, so far."""
    return json.load(urllib.request.urlopen(url + "/_journal"))


def spent(before, after):
    """Requests by operation between two journals."""
    return {name: count - before.get(name, 0) for name, count in after.items() if count > before.get(name, 0)}


def some_row(program):
    return bool(program.marked().strip())


def any_text(program):
    return any(line.strip() for line in program.screen.display)


def all_rows(count):
    """Is the list complete: the total is on the screen, and not as the goal of a list still coming in?"""
    total = f"{count:,}"
    return lambda program: total in program.text() and f"of {total}" not in program.text()


def aged(program):
    """Was the age of the list just told? Each step of it is a frame; after this one there is none for ten seconds."""
    return "20+ s" in program.text() or "30+ s" in program.text()


def median(figures):
    return statistics.median(figures) if figures else None


def first_frame(bench):
    with bench.far_end(100) as url:
        ours, floor = [], []
        for _ in range(bench.runs):
            for figures, starting in ((ours, bench.ours(url)), (floor, bench.floor())):
                with starting as program:
                    program.record(0.3)
                    figures.append(program.replay(any_text))
    bench.row("exec → first frame", median(ours), median(floor), "ms", "≤ 1.5 x floor", 1.5 * median(floor))


def first_row(bench):
    with bench.far_end(5000, RTT_MS) as url:
        ours, floor = [], []
        for _ in range(bench.runs):
            with bench.ours(url) as program:
                program.record(0.6)
                ours.append(program.replay(some_row) or float("inf"))
            floor.append(list_first(bench, url))
    bench.row(f"exec → first row, cold, {RTT_MS} ms", median(ours), median(floor), "ms", "≤ 1.10 x floor", 1.1 * median(floor))


def list_first(bench, url):
    """exec → first page of the bare SDK program, which is then ended."""
    program = Program([bench.folder / "examples/floor_list", "--endpoint-url", url])
    program.record(0.6, quiet=0.3)
    at = program.chunks[0][0] if program.chunks else float("inf")
    program.end()
    return (at - program.started) * 1000


def second_start(bench):
    cache = pathlib.Path(tempfile.mkdtemp(prefix="lambdash-bench-"))
    ours, floor = [], []
    with bench.far_end(5000) as url, contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, cache, ignore_errors=True)
        with bench.ours(url, cache=cache) as program:
            program.wait(all_rows(5000), 60, "the whole list")
            program.record(2)
            program.press("q")
            program.record(3)
        for _ in range(bench.runs):
            with bench.ours(url, cache=cache) as program:
                program.record(0.4)
                ours.append(program.replay(some_row) or float("inf"))
            with bench.floor() as program:
                program.record(0.3)
                floor.append(program.replay(some_row))
    bench.row("exec → first row, second start, from the cache", median(ours), median(floor), "ms", "≤ 15 ms", 15)


def every_row(bench):
    with bench.far_end(5000, RTT_MS) as url:
        _, floor, floor_peak = bench.floor_list(url)
        before = journal(url)
        with bench.ours(url) as program:
            program.record(floor / 1000 * 1.3 + 1)
            ours = program.replay(all_rows(5000))
            memory, own = resident(program.pid)
        asked = spent(before, journal(url))
    bench.row(f"exec → all rows, 5,000 functions, {RTT_MS} ms", ours, floor, "ms", "≤ 1.02 x floor", 1.02 * floor)
    bench.row("memory with 5,000 functions", memory, floor_peak, "MB", "≤ 18 MB", 18)
    print(f"    its own: {own:.1f} MB, the rest is of the binary's file")
    shown = asked.pop("GetFunction", 0)
    bench.row("requests at start, rows' details aside", sum(asked.values()), 100, "", "≤ N/50 + 2", 102)
    print(f"    {asked}, GetFunction for rows on the screen: {shown}")


def resident(pid):
    """Resident memory in MB: all of it, and what is the program's own. The rest are pages of its file, which any other
    program may have when memory is short: a binary that was not linked as a release has twice as many."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return tuple(int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024 for what in ("VmRSS", "RssAnon"))


def key_latencies(program, presses, seconds_each=0.06):
    """ms from a press of `j` to the first chunk after which the cursor stands on another row; inf if it never does."""
    pressed = []
    for _ in range(presses):
        pressed.append((program.press("j"), len(program.chunks)))
        program.record(seconds_each)
    figures, last = [], where(program)
    ends = [first for _, first in pressed[1:]] + [len(program.chunks)]
    for (at, first), end in zip(pressed, ends):
        arrived = None
        while program.fed < end:
            when, data = program.chunks[program.fed]
            program.fed += 1
            program.stream.feed(data)
            if arrived is None and program.fed > first and where(program) != last:
                arrived, last = when, where(program)
        figures.append((arrived - at) * 1000 if arrived else float("inf"))
    return figures


def where(program):
    """What the cursor is on: the name that heads the detail beside the list, else the words of the marked row."""
    heads = [line for line in program.screen.display[:6] if re.match(r" Functions\s+\S", line)]
    return heads[0].split()[-1] if heads else program.marked().strip()


def keys(bench):
    with bench.far_end(20000) as url:
        with bench.ours(url) as program, bench.floor() as least:
            program.wait(all_rows(20000), 90, "the whole list")
            program.record(3, quiet=1)
            least.record(0.5)
            least.replay(some_row)
            program.replay(lambda _: False)
            before, floor_before = program.bytes(), least.bytes()
            figures, floor = [], []
            for _ in range(4):  # by turns, so that whatever else the machine does costs both
                figures += key_latencies(program, 10)
                floor += key_latencies(least, 10)
            each, floor_each = (program.bytes() - before) / 40, (least.bytes() - floor_before) / 40
            for one in (program, least):
                key_latencies(one, 12, 0.02)
            scrolled, floor_scrolled = [], []
            for _ in range(6):  # past the bottom of the screen
                scrolled += key_latencies(program, 20)
                floor_scrolled += key_latencies(least, 20)
    bench.row("key → paint at rest, 20,000 functions, p50", median(figures), median(floor), "ms", "≤ 1.25 x floor", 1.25 * median(floor))
    bench.row("the same, where it scrolls the list", median(scrolled), median(floor_scrolled), "ms", "≤ 1.25 x floor", 1.25 * median(floor_scrolled))
    print(f"    worst: ours {max(figures + scrolled):.2f} ms, floor {max(floor + floor_scrolled):.2f} ms")
    bench.row("bytes to the terminal per j", each, floor_each, "B", "≤ 450", 450)
    with bench.far_end(20000, RTT_MS) as url, bench.ours(url) as program:
        program.wait(some_row, 10, "the first row")
        program.record(1)
        program.replay(lambda _: False)
        figures = key_latencies(program, 80)
        loading = not all_rows(20000)(program)
    bench.row("key → paint while loading 20,000, worst", max(figures), median(floor), "ms", "≤ 16 ms", 16)
    print(f"    p50 {median(figures):.2f} ms; still loading at the end: {loading}")


def idle(bench):
    with bench.far_end(5000) as url, bench.ours(url) as program:
        program.wait(all_rows(5000), 60, "the whole list")
        program.record(4)  # late columns
        program.wait(aged, 30, "the age of 20 s")
        before, (cpu, wakes), written = journal(url), effort(program.pid), program.bytes()
        seconds = 8
        program.record(seconds)
        (cpu_after, wakes_after), asked = effort(program.pid), spent(before, journal(url))
        written = program.bytes() - written
        before = journal(url)
        program.press("r")
        program.record(9)  # 100 pages at 15 requests/s
        refreshed = spent(before, journal(url)).get("ListFunctions", 0)
        before = journal(url)
        for _ in range(100):
            program.press("j")
            program.record(0.02)
        program.record(4)
        moved = spent(before, journal(url))
    bench.row("idle: CPU", (cpu_after - cpu) / seconds * 100, None, "%", "≤ 0.05 %", 0.05)
    bench.row("idle: wake-ups", (wakes_after - wakes) / seconds, None, "/s", "≤ 1/s", 1)
    bench.row("idle: bytes to the terminal", written / seconds, None, "B/s", "0", 0)
    bench.row("idle: requests", sum(asked.values()), None, "", "0", 0)
    bench.row("requests of a refresh", refreshed, 100, "", "N/50", 100)
    bench.row("requests for 100 rows walked over", sum(moved.values()), None, "", "≤ 100 + a screen", 100 + ROWS)


def effort(pid):
    """CPU seconds and voluntary wake-ups of all threads, so far."""
    cpu = wakes = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
        cpu += int(fields[11]) + int(fields[12])
        wakes += int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text())[1])
    return cpu / os.sysconf("SC_CLK_TCK"), wakes


def throttled(bench):
    with bench.far_end(5000, rate=15) as url:
        _, floor, _ = bench.floor_list(url, "--rate", "14.9")
    with bench.far_end(5000, rate=15) as url, bench.ours(url) as program:
        program.record(floor / 1000 * 1.5 + 2)
        ours = program.replay(all_rows(5000))
        asked = journal(url)
    bench.row("all rows under a limit of 15 requests/s", ours, floor, "ms", "≤ 1.05 x floor", 1.05 * floor)
    refused = asked.get("throttled", asked.get("ListFunctions", 0) - 100)
    bench.row("throttle answers meanwhile", refused, 0, "", "0", 0)


def hung(bench):
    """An endpoint that takes the connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        helps, quits = [], []
        for _ in range(bench.runs):
            with bench.ours(url) as program:
                program.record(1)
                program.replay(lambda _: False)
                before, pressed = len(program.chunks), program.press("?")
                program.record(0.3)
                helps.append((program.chunks[before][0] - pressed) * 1000 if len(program.chunks) > before else float("inf"))
                program.press("\x1b")
                program.record(0.2)
                pressed = program.press("q")
                program.record(5)
                quits.append((time.monotonic() - pressed) * 1000)
                restored = b"\x1b[?1049l" in b"".join(data for _, data in program.chunks)
    bench.row("endpoint hangs: key → paint, worst", max(helps), None, "ms", "≤ 16 ms", 16)
    bench.row("endpoint hangs: quit, worst", max(quits), None, "ms", "≤ 100 ms", 100)
    bench.row("endpoint hangs: terminal not restored", int(not restored), None, "", "0", 0)


def tally(program):
    """How many lines the log on the screen has."""
    found = re.search(r"› Log .*?([\d,]+)\s+UTC", program.text())
    return int(found[1].replace(",", "")) if found else 0


def log_load(bench):
    """From the key to all lines of the last 15 minutes, in two pages."""
    with bench.far_end(10, RTT_MS, log=(12, 1000)) as url:
        ours, floor = [], []
        for _ in range(bench.runs):
            with bench.ours(url) as program:
                program.wait(some_row, 10, "the first row")
                program.press(":logs flood")
                program.record(1)
                program.replay(lambda _: False)
                pressed = program.press("\r")
                program.record(1.2)
                at = program.replay(lambda program: tally(program) > 10_700)
                ours.append(at - (pressed - program.started) * 1000 if at else float("inf"))
            floor.append(bench.floor_logs(url, 900))
    bench.row(f"key → 10,800 lines of a log, {RTT_MS} ms", median(ours), median(floor), "ms", "≤ 1.5 x floor", 1.5 * median(floor))


def log_memory(bench):
    """A million lines held."""
    with bench.far_end(10, log=(1000, 1000)) as url:
        ask = urllib.request.Request(url, json.dumps({"logGroupName": FLOOD, "limit": 10000}).encode())
        ask.add_header("X-Amz-Target", "Logs_20140328.FilterLogEvents")
        lines = [event["message"] for event in json.load(urllib.request.urlopen(ask))["events"]]
        text = sum(map(len, lines)) / len(lines) * 1_000_000 / 2**20
        with bench.ours(url, "--log-memory", "256") as program:
            program.wait(some_row, 10, "the first row")
            program.press(":logs flood\r")
            program.record(1)
            program.press("5")
            program.wait(lambda program: tally(program) >= 1_000_000, 60, "a million lines")
            program.record(5)
            memory, own = resident(program.pid)
    bench.row("memory with 1,000,000 log lines (floor: text)", memory, text, "MB", "≤ 1.6 x text", 1.6 * text)
    print(f"    its own: {own:.1f} MB, {own / text:.2f} x text")


def log_follow(bench):
    """A log of 10,000 lines a second, followed for a minute and saved: every line has its number."""
    rate, seconds = 10_000, 60
    with tempfile.TemporaryDirectory() as folder, bench.far_end(10, RTT_MS, log=(rate, 0)) as url:
        with bench.ours(url, "--log-memory", "256") as program:
            program.wait(some_row, 10, "the first row")
            program.press(":logs flood\r")
            program.record(seconds)
            paused = time.time()
            program.press(" ")
            program.record(3, quiet=1)
            program.press("S")
            program.record(0.5)
            program.press("\x15" + folder + "/flood.log")
            program.record(0.5)
            program.press("\r")
            program.wait(lambda program: "saved" in program.text(), 20, "that the log was saved")
        lines = pathlib.Path(folder, "flood.log").read_text().splitlines()
    numbers = [int(found[1]) for found in (re.search(r"line (\d{9}) of", line) for line in lines) if found]
    stamp = datetime.datetime.fromisoformat(lines[-1].split()[0].replace("Z", "+00:00"))
    # Between the lines it stands where what is late could not be looked for: that is no line lost.
    print(f"    {len(numbers):,} lines in {seconds} s, {len(lines) - len(numbers)} remarks between them")
    bench.row("log of 10,000 lines/s for 60 s: lines lost", numbers[-1] + 1 - len(set(numbers)), None, "", "0", 0)
    bench.row("log of 10,000 lines/s: doubled", len(numbers) - len(set(numbers)), None, "", "0", 0)
    bench.row("log of 10,000 lines/s: out of order", sum(a > b for a, b in zip(numbers, numbers[1:])), None, "", "0", 0)
    bench.row("log of 10,000 lines/s: lag", paused - stamp.timestamp(), None, "s", "≤ 2 polls = 4 s", 4)


def counted(bench):
    """What is counted and not timed."""
    functions = 5000
    with bench.far_end(functions) as url, bench.ours(url) as program:
        program.wait(all_rows(functions), 60, "the whole list")
        program.record(10, quiet=2)  # late columns
        asked = journal(url)
        asked.pop("GetFunction", None)
        program.wait(aged, 30, "the age of 20 s")
        before, written = journal(url), program.bytes()
        program.record(5)
        idle_requests, idle_bytes = spent(before, journal(url)), program.bytes() - written
        before = program.bytes()
        for _ in range(30):
            program.press("j")
            program.record(0.2, quiet=0.1)
        each = (program.bytes() - before) / 30
        program.record(5, quiet=2)  # the rows that came on the screen
        before = journal(url)
        for _ in range(100):
            program.press("j")
            program.record(0.01)
        program.record(10, quiet=2)
        walked = spent(before, journal(url))
        before = journal(url)
        program.press("r")
        program.record(10)  # 15 requests/s at the most
        refreshed = spent(before, journal(url)).get("ListFunctions", 0)
        program.press("q")
        program.record(5)
        written = b"".join(data for _, data in program.chunks)
    bench.row("requests at start, rows' details aside", sum(asked.values()), functions // 50, "", "≤ N/50 + 2", functions // 50 + 2)
    bench.row("idle: bytes to the terminal in 5 s", idle_bytes, None, "B", "0", 0)
    bench.row("idle: requests in 5 s", sum(idle_requests.values()), None, "", "0", 0)
    bench.row("bytes to the terminal per j", each, None, "B", "≤ 450", 450)
    bench.row("requests for 100 rows walked over", sum(walked.values()), None, "", "≤ 100 + a screen", 100 + ROWS)
    bench.row("requests of a refresh", refreshed, functions // 50, "", "N/50", functions // 50)
    bench.row("frames outside synchronised output", lone_frames(written), None, "", "0", 0)
    bench.row("quit: terminal not restored", int(not program.ended or b"\x1b[?1049l" not in written), None, "", "0", 0)


def lone_frames(written):
    """Cursor moves between the end of one synchronised update and the start of the next: half a frame can be seen."""
    body = written.split(b"\x1b[?1049h", 1)[-1].split(b"\x1b[?1049l", 1)[0]
    between = re.sub(rb"\x1b\[\?2026h.*?\x1b\[\?2026l", b"", body, flags=re.DOTALL)
    return len(re.findall(rb"\x1b\[\d+;\d+H", between))


PARTS = {
    "first-frame": first_frame, "first-row": first_row, "second-start": second_start, "every-row": every_row,
    "keys": keys, "idle": idle, "throttled": throttled, "hung": hung, "log-load": log_load, "log-memory": log_memory, "log-follow": log_follow,
    "counted": counted,
}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "target" / "release", help="where the binaries are")
    parser.add_argument("--only", help="parts to run, with commas between: " + ", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=7, help="starts of each program; the median counts (7)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a budget is missed")
    arguments = parser.parse_args()
    # What is counted there is counted by the other parts too.
    wanted = arguments.only.split(",") if arguments.only else [name for name in PARTS if name != "counted"]
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")

    bench = Bench(arguments.folder, arguments.runs)
    print("{:<46} {:>14} {:>14} {:>6}  {:<22}".format("what", "ours", "floor", "ratio", "budget"))
    for name in wanted:
        try:
            PARTS[name](bench)
        except TimeoutError as problem:
            bench.missed += 1
            print(f"{name}: not measured: {problem}", file=sys.stderr)
    print(f"{len(bench.rows)} figures, {bench.missed} missed")
    sys.exit(1 if arguments.strict and bench.missed else 0)


if __name__ == "__main__":
    main()
