#!/usr/bin/env python3
"""Measures Serai beside nginx proxy_pass and beside no gateway at all, before a fixed upstream. See README.md."""
import argparse, json, math, os, re, shutil, signal, socket, statistics, subprocess, sys, threading, time, urllib.error, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "work")
LAUNCHER = os.path.join(os.path.dirname(HERE), "serai")
CHAT = "/v1/chat/completions"
TICK = os.sysconf("SC_CLK_TCK")
GOVERNED, MASKED = "serai-governed", "serai-masked"   # Serai again, with the settings in SETTINGS
MODELS = {"direct": "gpt-4o-mini", "nginx": "gpt-4o-mini", "serai": "openai/gpt-4o-mini",
          GOVERNED: "openai/gpt-4o-mini", MASKED: "openai/gpt-4o-mini"}
TRANSLATED = "anthropic/claude-sonnet-4-5"

# wrk: a closed loop of c connections. drive: c streams at once, see drive.c.
# chunks, delay_us: the upstream's streams. warm: seconds not measured; ramp: over which the first streams begin.
# beside: Serai alone, to be set against the load named. on: the target, if not serai itself. bodies: the folder of requests.
WORKLOADS = {
    "c64":     dict(tool="wrk", c=64, body="1k"),
    "c64-20k": dict(tool="wrk", c=64, body="20k"),
    "s200":    dict(tool="drive", c=200, body="1k-stream", chunks=100, delay_us=20_000, warm=2.5, ramp=2),
    "bulk":    dict(tool="drive", c=16, body="1k-stream", chunks=100, delay_us=0, warm=1),
    "c64-translated":  dict(tool="wrk", c=64, body="1k", beside="c64", bodies="translated"),
    "s200-translated": dict(tool="drive", c=200, body="1k-stream", chunks=100, delay_us=20_000, warm=2.5, ramp=2, beside="s200", bodies="translated"),
    "bulk-translated": dict(tool="drive", c=16, body="1k-stream", chunks=100, delay_us=0, warm=1, beside="bulk", bodies="translated"),
    "c64-governed":    dict(tool="wrk", c=64, body="1k", beside="c64", on=GOVERNED),
    "s200-governed":   dict(tool="drive", c=200, body="1k-stream", chunks=100, delay_us=20_000, warm=2.5, ramp=2, beside="s200", on=GOVERNED),
    "c64-masked":      dict(tool="wrk", c=64, body="1k", beside="c64", on=MASKED, bodies="personal"),
    "s200-masked":     dict(tool="drive", c=200, body="1k-stream", chunks=100, delay_us=20_000, warm=2.5, ramp=2, beside="s200", on=MASKED, bodies="personal"),
    "s5000":   dict(tool="drive", c=5000, body="1k-stream", chunks=20, delay_us=250_000, warm=9, ramp=8, seconds=8),
}
STEADY, MAX_WARM = 0.06, 20                          # warm-up ends when a window is no more than so much cheaper than the one before; windows
KEY = "sk-serai-bench-0123456789abcdef0123456789abcdef"
GOVERNANCE = f"""
auth:
  keys:
    - name: bench
      key: {KEY}
      role: user
      tenant: acme
      team: search
      user: ann
      tags: [bench]
      limits: {{requests_per_second: 1000000, tokens_per_minute: 1000000000, tokens_per_day: 1000000000, concurrent_requests: 20000}}
limits:
  gateway: {{concurrent_requests: 20000}}
  tenants: {{acme: {{requests_per_minute: 100000000, tokens_per_minute: 1000000000}}}}
  teams: {{acme/search: {{requests_per_minute: 100000000}}}}
  users: {{acme/ann: {{requests_per_minute: 100000000}}}}
  providers: {{openai: {{requests_per_minute: 100000000, tokens_per_minute: 1000000000}}}}
budgets:
  of-key: {{scope: key, limit: 1000000, period: day}}
  of-team: {{scope: team, limit: 1000000, period: month, time_zone: Europe/Berlin}}
  of-tag: {{scope: tag, limit: 1000000, period: week}}
  of-all: {{scope: all, limit: 1000000, period: total}}
"""
SETTINGS = {GOVERNED: GOVERNANCE, MASKED: GOVERNANCE + "privacy: {action: mask}\n"}
ALONE = ["start"]                                    # measured on Serai only

NGINX = """
daemon off; user root; worker_processes 1; worker_rlimit_nofile 20000; pid nginx.pid; error_log error.log;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 100000000; client_body_buffer_size 128k; client_max_body_size 32m;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  tcp_nodelay on; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffers 8 16k; proxy_read_timeout 300s;
  upstream up { server 127.0.0.1:%(upstream)d; keepalive 8192; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:%(port)d backlog=4096;
    location / { proxy_pass http://up; }
    location /stream/ { proxy_buffering off; proxy_pass http://up/; }
  }
}
"""


# ---- what the kernel knows of processes ------------------------------------------------------------
def stat(pid):
    with open(f"/proc/{pid}/stat") as f:
        text = f.read()
    return text[text.rindex(")") + 2:].split()       # [1] ppid, [3] session, [13..14] waited-for children's ticks


def tree(root):
    """The processes started by root: whatever shares its session, and their descendants."""
    parents, out = {}, {root}
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            fields = stat(pid)
        except OSError:
            continue
        parents[pid] = int(fields[1])
        if int(fields[3]) == root:
            out.add(pid)
    while more := {p for p, parent in parents.items() if parent in out} - out:
        out |= more
    return out


def cpu_s(pids, children=True):
    """CPU seconds: each process's own clock in nanoseconds, and its ended children in ticks."""
    total = 0.0
    for pid in pids:
        try:
            total += time.clock_gettime(((~pid) << 3) | 2)           # CPUCLOCK_SCHED of the process
            fields = stat(pid)
        except OSError:
            continue
        total += (int(fields[13]) + int(fields[14])) / TICK * children
    return total


def rss_mb(pids):
    pages = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/statm") as f:
                pages += int(f.read().split()[1])
        except OSError:
            pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- the three that answer -------------------------------------------------------------------------
class Target:
    def __init__(self, name, upstream, cpus):
        self.name, self.upstream, self.cpus, self.process = name, upstream, cpus, None
        self.folder = os.path.join(WORK, name)
        self.port = upstream if name == "direct" else free_port()
        base = f"http://127.0.0.1:{self.port}"
        self.url, self.stream_url = base + CHAT, base + ("/stream" if name == "nginx" else "") + CHAT
        self.is_serai = name.startswith("serai")
        self.health = base + ("/health/ready" if self.is_serai else "/__stats")
        self.header = f"Authorization: Bearer {KEY}" if name in SETTINGS else None

    def command(self):
        return [LAUNCHER, "run"] if self.is_serai else {"nginx": ["nginx", "-p", self.folder, "-c", "nginx.conf"]}.get(self.name)

    def start(self, cpus=None):
        """Starts it in its own fresh folder; the seconds to the first 200."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder, model in (("bodies", MODELS[self.name]), ("translated", TRANSLATED), ("personal", MODELS[self.name])):
            subprocess.run([sys.executable, os.path.join(HERE, "mkbodies.py"), os.path.join(self.folder, folder), model, folder], check=True)
        if self.name in SETTINGS:
            os.makedirs(os.path.join(self.folder, "config"))
            with open(os.path.join(self.folder, "config", "serai.yaml"), "w") as f:
                f.write(SETTINGS[self.name])
        with open(os.path.join(self.folder, "nginx.conf"), "w") as f:
            f.write(NGINX % dict(port=self.port, upstream=self.upstream))
        if not self.command():
            return 0.0
        env = {k: v for k, v in os.environ.items() if not k.endswith(("_API_KEY", "_BASE_URL"))} | {
            "SERVER_HOST": "127.0.0.1", "SERVER_PORT": str(self.port), "ROUTER_RPS_LIMIT": "0", "OPENAI_API_KEY": "sk-upstream",
            "OPENAI_BASE_URL": f"http://127.0.0.1:{self.upstream}/v1", "ANTHROPIC_API_KEY": "sk-upstream",
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{self.upstream}", "LOG_FILE": os.path.join(self.folder, "serai.log")}
        began = time.monotonic()
        with open(os.path.join(self.folder, "log"), "w") as log:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True, preexec_fn=lambda: os.sched_setaffinity(0, cpus or self.cpus))
        while time.monotonic() - began < 300:
            if self.process.poll() is not None:
                sys.exit(f"{self.name} ended at its start, see {self.folder}/log")
            try:
                urllib.request.urlopen(self.health, timeout=2).read()
                return time.monotonic() - began
            except OSError:
                time.sleep(0.005)
        sys.exit(f"{self.name} was not ready in five minutes, see {self.folder}/log")

    def pids(self):
        return tree(self.process.pid) if self.process else set()

    def stop(self):
        for sig in (signal.SIGTERM, signal.SIGKILL) if self.process else ():
            for pid in self.pids():
                try:
                    os.kill(pid, sig)
                except ProcessLookupError:
                    pass
            try:
                self.process.wait(20)
                break
            except subprocess.TimeoutExpired:
                pass
        self.process = None

    def heap_mb(self):
        """The live heap after a full collection, as the JVM tells it; None where there is none."""
        for pid in self.pids():
            if os.path.basename(os.path.realpath(f"/proc/{pid}/exe")) == "java":
                jcmd = os.path.join(os.path.dirname(os.path.realpath(f"/proc/{pid}/exe")), "jcmd")
                subprocess.run([jcmd, str(pid), "GC.run"], capture_output=True)
                told = subprocess.run([jcmd, str(pid), "GC.heap_info"], capture_output=True, text=True).stdout
                used = re.findall(r"total[^\n]*?, used (\d+)K", told)
                return sum(map(int, used)) / 1024 if used else None
        return None


# ---- measuring -------------------------------------------------------------------------------------
class Bench:
    def __init__(self, args):
        self.args, self.windows, self.alone = args, [], {}
        half = max(1, (os.cpu_count() or 1) // 2)
        self.load_cpus, gateway_cpus = set(range(half)), {(os.cpu_count() or 1) - 1}
        self.port = free_port()
        self.upstream = subprocess.Popen([os.path.join(HERE, "upstream")], env=os.environ | {"PORT": str(self.port)}, start_new_session=True,
                                         preexec_fn=lambda: os.sched_setaffinity(0, self.load_cpus))
        more = [n for n in SETTINGS if any(WORKLOADS.get(w, {}).get("on") == n for w in args.workloads)]
        self.targets = [Target(n, self.port, gateway_cpus) for n in ("direct", "nginx", "serai", *more)]

    def ask(self, path):
        for _ in range(50):
            try:
                return json.load(urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60))
            except ConnectionError:
                time.sleep(0.1)
            except urllib.error.URLError:
                time.sleep(0.1)
        sys.exit("the upstream does not answer")

    def settled(self, limit):
        began = time.time()
        while (stats := self.ask("/__stats"))["active"] and time.time() - began < limit:
            time.sleep(0.02)
        return stats

    def others(self):
        mine = {os.getpid(), self.upstream.pid}.union(*(t.pids() for t in self.targets))
        return {p: cpu_s([p], False) for p in map(int, filter(str.isdigit, os.listdir("/proc"))) if p not in mine}

    def foreign(self, before):
        return sum(max(0.0, v - before.get(p, 0.0)) for p, v in self.others().items())

    def wait_for_quiet(self):
        while self.args.patience > 0:
            before = self.others()
            time.sleep(0.5)
            if self.foreign(before) / 0.5 <= self.args.quiet:
                return
            time.sleep(1.5)
            self.args.patience -= 2

    def drive(self, target, load, seconds):
        body = os.path.join(target.folder, load.get("bodies", "bodies"), load["body"] + ".json")
        url = target.stream_url if "stream" in load["body"] else target.url
        if load["tool"] == "wrk":
            command = ["wrk", "-t1", f"-c{load['c']}", f"-d{seconds}s", "--timeout", "10s", "-s", os.path.join(HERE, "chat.lua"), url, "--", body]
            command += [target.header] if target.header else []
        else:
            command = [os.path.join(HERE, "drive"), "-u", url, "-b", body, "-c", str(load["c"]), "-d", str(seconds), "-w", str(load["warm"]),
                       "-s", "-n", str(load["chunks"]), "-p", str(load.get("ramp", 0))]
            command += ["-H", target.header] if target.header else []
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=lambda: os.sched_setaffinity(0, self.load_cpus))
        figures = re.search(r"^(?:JSON )?(\{.*\})$", done.stdout, re.M)
        if not figures:
            sys.exit(f"{target.name}: the driver failed: {done.stdout[-300:]} {done.stderr[-300:]}")
        return json.loads(figures[1])

    def verify(self, target):
        """A few requests before anything is measured: the right answer, each seen once by the upstream."""
        self.ask("/__config?chunks=20&delay_us=0&latency_us=0")
        asked = [("bodies", "1k", target.url), ("bodies", "1k-stream", target.stream_url)]
        if target.is_serai:
            asked += [(folder, kind, url) for folder in ("translated", "personal") for _, kind, url in asked]
        for folder, kind, url in asked:
            before = self.ask("/__stats")["requests"]
            with open(os.path.join(target.folder, folder, kind + ".json"), "rb") as f:
                request = urllib.request.Request(url, f.read(), {"Content-Type": "application/json"})
            if target.header:
                request.add_header(*target.header.split(": ", 1))
            try:
                text = urllib.request.urlopen(request, timeout=20).read().decode()
            except urllib.error.HTTPError as e:
                sys.exit(f"{target.name} {kind}: {e.code} {e.read()[:300]!r}")
            right = len(re.findall(r"@\d{19}", text)) == 20 and "[DONE]" in text if "stream" in kind else '"total_tokens":304' in text
            if not right or self.ask("/__stats")["requests"] != before + 1:
                sys.exit(f"{target.name} {kind}: not the upstream's answer: {text[:300]}")

    def warm(self, target):
        loads = [WORKLOADS["c64"], WORKLOADS["bulk"]]
        if target.name == "serai" and any(w.endswith("-translated") for w in self.args.workloads):
            loads += [WORKLOADS["c64-translated"], WORKLOADS["bulk-translated"]]
        if target.name == MASKED:
            loads = [load | dict(bodies="personal") for load in loads]
        for load in loads:
            self.ask("/__config?chunks=100&delay_us=0&latency_us=0")
            if target.is_serai:
                self.warm_until_steady(target, load)
            else:
                self.drive(target, load, 2 if target.name == "nginx" else 1)

    def warm_until_steady(self, target, load):
        """Until CPU per request falls by less than STEADY from one window to the next, twice: the JVM compiles what is used."""
        last, steady, windows = math.inf, 0, 0
        while steady < 2 and windows < MAX_WARM:
            cpu, before = cpu_s(target.pids()), self.ask("/__stats")["requests"]
            self.drive(target, load, self.args.warm)
            cost = (cpu_s(target.pids()) - cpu) / max(1, self.settled(10)["requests"] - before)
            steady, last, windows = steady + 1 if cost > last * (1 - STEADY) else 0, cost, windows + 1
        print(f"   {target.name}: warm after {windows * self.args.warm} s of {load['tool']}, {last * 1e6:.0f} us/request", file=sys.stderr)

    def window(self, target, name, number):
        load = WORKLOADS[name]
        self.ask(f"/__config?chunks={load.get('chunks', 100)}&delay_us={load.get('delay_us', 0)}&latency_us=0")
        self.settled(10)
        self.wait_for_quiet()
        pids, seconds, extra, over = target.pids(), load.get("seconds", self.args.seconds), {}, threading.Event()

        def sample():
            peak = 0.0
            while not over.wait(0.2):
                peak = max(peak, rss_mb(pids))
            extra["rss_peak_mb"] = peak

        def look_at_heap():                            # while all streams are there
            if name == "s5000" and target.name == "serai" and not over.wait(load["warm"] + seconds / 2):
                extra["heap_mb"] = target.heap_mb()
        watchers = [threading.Thread(target=sample), threading.Thread(target=look_at_heap)]
        before, others, cpu, began = self.ask("/__stats"), self.others(), cpu_s(pids), time.time()
        for watcher in watchers:
            watcher.start()
        try:
            result = self.drive(target, load, seconds)
        finally:
            over.set()
        after = self.settled(3)
        cpu, foreign, wall = cpu_s(pids) - cpu, self.foreign(others), time.time() - began
        for watcher in watchers:
            watcher.join()
        tokens, requests = after["tokens"] - before["tokens"], after["requests"] - before["requests"]
        row = result | extra | dict(target=target.name, workload=name, round=number, foreign=foreign / wall,
                                    cpu_us_request=cpu * 1e6 / max(1, requests), cpu_us_token=cpu * 1e6 / tokens if tokens else None)
        self.windows.append(row)
        unit = f"{row['cpu_us_token']:.2f} us/token" if tokens else f"{row['cpu_us_request']:.1f} us/request"
        print(f"   {number} {name:15} {target.name:14} {unit}, {result['errors']} errors, others took {foreign / wall:.2f} cores", file=sys.stderr)

    def start_ups(self, target):
        """As a user starts it, on all cores, with what earlier starts left ready (build and cache)."""
        everything = set(range(os.cpu_count() or 1))
        target.start(everything)
        target.stop()
        times, idle = [], []
        for _ in range(self.args.starts):
            self.wait_for_quiet()
            times.append(target.start(everything))
            time.sleep(3)
            idle.append(rss_mb(target.pids()))
            target.stop()
        self.alone |= dict(start_s=statistics.median(times), rss_fresh_mb=statistics.median(idle))

    def run(self):
        serai = self.targets[2]
        try:
            if "start" in self.args.workloads:
                self.start_ups(serai)
            loads = [w for w in self.args.workloads if w in WORKLOADS]
            if not loads:
                return
            for target in self.targets:
                target.start()
                self.verify(target)
                self.warm(target)
            time.sleep(2)
            self.alone["rss_idle_mb"] = rss_mb(serai.pids())
            for number in range(self.args.rounds):
                for name in loads:
                    alone = [t for t in self.targets if t.name == WORKLOADS[name].get("on", "serai")]
                    turned = alone if "beside" in WORKLOADS[name] else self.targets[number % 3:3] + self.targets[:number % 3]
                    for target in reversed(turned) if number % 2 else turned:
                        self.window(target, name, number)
        finally:
            for target in self.targets:
                target.stop()
            self.upstream.terminate()


# ---- the table -------------------------------------------------------------------------------------
def table(bench):
    """Medians over rounds; ratios and differences are taken within a round."""
    found = {(w["target"], w["workload"], w["round"]): w for w in bench.windows}
    rounds = range(bench.args.rounds)

    def series(target, load, *path):
        values = []
        for number in rounds:
            at = found.get((target, load, number))
            for key in path:
                at = (at or {}).get(key)
            values.append(at)
        return values

    def middle(values):
        values = [v for v in values if v is not None]
        return statistics.median(values) if values else None

    def against(load, key):
        ours, theirs = series("serai", load, key), series("nginx", load, key)
        return middle(ours), middle(theirs), middle([a / b if a and b else None for a, b in zip(ours, theirs)])

    def beside(load, key):
        ours, same = series(WORKLOADS[load].get("on", "serai"), load, key), series("serai", WORKLOADS[load]["beside"], key)
        return middle(ours), middle([a / b if a and b else None for a, b in zip(ours, same)])

    def added(what):
        ours, none = series("serai", "s200", "ttft", what), series("direct", "s200", "ttft", what)
        theirs = series("nginx", "s200", "ttft", what)
        pick = middle if what == "p50" else lambda v: min((x for x in v if x is not None), default=None)   # noise only adds to a tail
        def over(values):
            if what == "p50":
                return middle([(a - b) / 1e3 if a is not None and b is not None else None for a, b in zip(values, none)])
            return (pick(values) - pick(none)) / 1e3 if pick(values) is not None and pick(none) is not None else None
        return over(ours), over(theirs)

    rows = []

    def row(load, label, ours, theirs, figure, goal, unit=""):
        """A goal whose load was asked for is shown, and one that could not be measured is not met."""
        if load not in bench.args.workloads:
            return
        show = lambda v: "" if v is None else f"{v:,.2f}" if v < 100 else f"{v:,.0f}"
        verdict = "NOT MEASURED" if figure is None else "met" if figure <= goal else "MISSED"
        rows.append((label, show(ours), show(theirs), show(figure) + unit if figure is not None else "", f"<= {goal:g}{unit}", verdict))

    for label, load, key, goal in (("JSON, 64 connections, 1 KB: CPU us a request", "c64", "cpu_us_request", 2.0),
                                   ("JSON, 64 connections, 20 KB: CPU us a request", "c64-20k", "cpu_us_request", 2.3),
                                   ("200 streams, 20 ms apart: CPU us a token", "s200", "cpu_us_token", 1.7),
                                   ("16 streams, unpaced: CPU us a token", "bulk", "cpu_us_token", 1.5)):
        ours, theirs, ratio = against(load, key)
        row(load, label, ours, theirs, ratio, goal, "x")
    for label, load, key, goal in (
            ("JSON, OpenAI to Anthropic: CPU us a request, against OpenAI to OpenAI", "c64-translated", "cpu_us_request", 2.0),
            ("200 streams, the same: CPU us a token", "s200-translated", "cpu_us_token", 2.0),
            ("16 streams, the same: CPU us a token", "bulk-translated", "cpu_us_token", 2.0),
            ("JSON, keys, limits and budgets on: CPU us a request, against off", "c64-governed", "cpu_us_request", 1.2),
            ("200 streams, the same: CPU us a token", "s200-governed", "cpu_us_token", 1.2),
            ("JSON, these and masking on: CPU us a request, against off", "c64-masked", "cpu_us_request", 1.5),
            ("200 streams, the same: CPU us a token", "s200-masked", "cpu_us_token", 1.5)):
        ours, ratio = beside(load, key)
        row(load, label, ours, None, ratio, goal, "x")
    for what, goal in (("p50", 0.4), ("p99", 1.0)):
        ours, theirs = added(what)
        row("s200", f"time to first token added over direct, {what}", ours, theirs, ours, goal, " ms")
    row("s5000", "5,000 streams: live heap", None, None, middle(series("serai", "s5000", "heap_mb")), 256, " MB")
    lost = [sum((w["short"], w["errors"])) for w in bench.windows if w["target"] == "serai" and w["workload"] == "s5000"]
    row("s5000", "5,000 streams: streams that lost events or failed", None, None, sum(lost) if lost else None, 0)
    row("start", "start to first 200", None, None, bench.alone.get("start_s"), 1.2, " s")
    row("start", "idle RSS, just started", None, None, bench.alone.get("rss_fresh_mb"), 200, " MB")
    if any(w in WORKLOADS for w in bench.args.workloads):
        row(bench.args.workloads[0], "idle RSS after load", None, None, bench.alone.get("rss_idle_mb"), 200, " MB")
    heads = ("figure", "serai", "nginx", "result", "goal", "")
    widths = [max(len(r[i]) for r in rows + [heads]) for i in range(6)]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(r, widths)) + " |" for r in [heads, tuple("-" * w for w in widths)] + rows]
    if bench.windows:
        lines.append(f"\n{os.cpu_count()} cores, one for the gateway; {bench.args.rounds} rounds of {bench.args.seconds} s; other work took "
                     f"{statistics.median(w['foreign'] for w in bench.windows):.2f} cores at the median window, {max(w['foreign'] for w in bench.windows):.2f} at the worst; "
                     f"{sum(w['errors'] for w in bench.windows if w['target'].startswith('serai'))} errors through serai.")
    return "\n".join(lines), all(r[5] == "met" for r in rows)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("workloads", nargs="*", default=[], help=f"some of {', '.join([*WORKLOADS, *ALONE])}; all if none is named")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=int, default=4, help="measured seconds a window")
    p.add_argument("--warm", type=int, default=6, help="seconds of a window in which Serai is warmed, until it is steady")
    p.add_argument("--starts", type=int, default=5)
    p.add_argument("--quiet", type=float, default=0.15, help="cores that other work may take before a window waits for quiet")
    p.add_argument("--patience", type=float, default=300, help="seconds the whole run may wait for quiet")
    p.add_argument("--json", help="also write every window to this file")
    args = p.parse_args()
    if unknown := set(args.workloads) - {*WORKLOADS, *ALONE}:
        p.error(f"unknown workload: {', '.join(sorted(unknown))}")
    args.workloads = args.workloads or [*WORKLOADS, *ALONE]
    for load in [w for w in args.workloads if "beside" in WORKLOADS.get(w, ())]:
        if (same := WORKLOADS[load]["beside"]) not in args.workloads:
            args.workloads.insert(args.workloads.index(load), same)
    for tool in ("wrk", "nginx", "cc", "make"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing; install the packages wrk, nginx, gcc and make")
    subprocess.run(["make", "-s", "-C", HERE], check=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))      # so that what was started is stopped too
    bench = Bench(args)
    bench.run()
    text, met = table(bench)
    if args.json:
        with open(args.json, "w") as f:
            json.dump(dict(alone=bench.alone, windows=bench.windows), f)
    print(text)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
