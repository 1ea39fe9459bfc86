#!/usr/bin/env python3
"""Fill an AWS-compatible endpoint with a Lambda account worth looking at.

    scripts/ministack.sh start 4566
    $(scripts/ministack.sh python) scripts/seed_account.py --endpoint http://127.0.0.1:4566

The same --seed gives the same account. Only --endpoint is contacted, and only with the test
credentials given here. A call that the server lacks is counted and told at the end; the run
fails only if a function that the tests rely on could not be made.

The tests rely on these, all invocable, those without "node" in Python:
    seed-hello         prints "hello from seed-hello" and returns {"ok": true, "echo": <the event>}
    seed-raises        prints a line, then raises ValueError("total must be positive")
    seed-tenth         raises ValueError every tenth time that its environment runs it
    seed-slow          prints a tick every half second for three seconds
    seed-late          prints "waiting" and sleeps past its timeout of one second
    seed-noisy         prints 2,000 lines with characters of up to four bytes
    seed-large         returns 4 MB on one line
    seed-escapes       prints and returns what a terminal must not obey
    seed-bytes         writes bytes that are not UTF-8
    seed-node          prints "hello from seed-node" and returns {"ok": true, "echo": <the event>}
    seed-node-raises   prints a line, then throws RangeError("total must be positive")
"""

import argparse
import collections
import concurrent.futures
import io
import json
import random
import sys
import threading
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

HELLO = '''
import json

def handler(event, context):
    print("hello from " + context.function_name)
    print("event: " + json.dumps(event, ensure_ascii=False))
    return {"ok": True, "function": context.function_name, "echo": event}
'''

RAISES = '''
def total(quantity):
    if quantity < 0:
        raise ValueError("total must be positive")

def handler(event, context):
    print("about to fail")
    total(-1)
'''

TENTH = '''
count = 0

def check(order):
    if order % 10 == 0:
        raise ValueError(f"order {order}: total must be positive")

def handler(event, context):
    global count
    count += 1
    print(f"order {count} received")
    check(count)
    return {"order": count}
'''

SLOW = '''
import time

def handler(event, context):
    for tick in range(6):
        print("tick", tick, flush=True)
        time.sleep(0.5)
    return {"slept": 3}
'''

LATE = '''
import time

def handler(event, context):
    print("waiting for the payment provider", flush=True)
    time.sleep(9)
'''

# The last 4 KB of this begin within a character, whatever the number of the line there.
NOISY = '''
def handler(event, context):
    for n in range(2000):
        print(f"line {n:04} Größe 注文を受け付けました \U0001f69a\U0001f69a\U0001f69a")
    return {"lines": 2000}
'''

LARGE = '''
def handler(event, context):
    return {"rows": [{"id": n, "text": "z" * 80} for n in range(38_000)]}
'''

BYTES = '''
import os

def handler(event, context):
    print("before")
    os.write(1, b"caf\\xe9 \\xff\\xfe\\n")
    return {"ok": True}
'''

NODE = '''
exports.handler = async (event, context) => {
  console.log("hello from " + context.functionName);
  console.log("\\u001b[32mgreen\\u001b[0m");
  return { ok: true, echo: event };
};
'''

NODE_RAISES = '''
const total = (quantity) => {
  if (quantity < 0) throw new RangeError("total must be positive");
};

exports.handler = async () => {
  console.log("about to fail");
  total(-1);
};
'''

# What a terminal must not obey: colours, a title, a cleared screen, a C1 control, bidi controls.
ESCAPES = '''
def handler(event, context):
    print("\\x1b[31mred\\x1b[0m and a title: \\x1b]0;owned\\x07")
    print("clear \\x1b[2J\\x1b[H alternate \\x1b[?1049h c1 \\x9b31m")
    print("override \\u202elive\\u202c zero\\u200bwidth, wide \\u65e5\\u672c\\u8a9e, combining e\\u0301")
    return {"text": "\\x1b[31mred\\x1b[0m"}
'''

# name -> (source, more settings). The account's fixed part.
NAMED = {
    "seed-hello": (HELLO, {"Description": "prints a line and returns its event"}),
    "seed-raises": (RAISES, {"Description": "raises ValueError"}),
    "seed-tenth": (TENTH, {"Description": "raises ValueError every tenth time"}),
    "seed-slow": (SLOW, {"Description": "takes three seconds", "Timeout": 30}),
    "seed-escapes": (ESCAPES, {"Description": "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \u202elive\u202c"}),
    "seed-late": (LATE, {"Description": "sleeps past its timeout", "Timeout": 1}),
    "seed-noisy": (NOISY, {"Description": "prints 2,000 lines"}),
    "seed-large": (LARGE, {"Description": "returns 4 MB", "Timeout": 30}),
    "seed-bytes": (BYTES, {"Description": "writes what is not UTF-8"}),
    "seed-node": (NODE, {"Description": "prints a line and returns its event", "Runtime": "nodejs20.x"}),
    "seed-node-raises": (NODE_RAISES, {"Description": "throws RangeError", "Runtime": "nodejs20.x"}),
    "seed-" + "n" * 59: (HELLO, {"Description": "a name of 64 characters"}),
    "seed-environment": (
        HELLO,
        {
            "Description": "an environment of 4 KB",
            "Environment": {
                "Variables": {f"VARIABLE_{n:02d}": "v" * 68 for n in range(49)} | {"API_TOKEN": "hunter2"}
            },
        },
    ),
}

DESCRIPTIONS = [
    "Bestellungen für Käufer — naïve café",
    "注文処理ワーカー（本番）を毎時実行する",
    "주문 처리 함수",
    "שלום עולם — הזמנות",
    "مرحبا بالعالم",
    "family 👨‍👩‍👧‍👦 flag 🇩🇪 skin 👍🏽",
    "zero\u200bwidth, combining e\u0301, override \u202etxt.exe\u202c",
    "tab\tnew line\nsecond line\r\nthird",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 bell",
    "%s {0} ${HOME} $(id) ; rm -rf / \\ \" '",
    "x" * 256,
]
TEAMS = ["orders", "billing", "search", "media", "data"]
JOBS = ["api", "worker", "consumer", "webhook", "nightly", "export", "import", "resize", "indexer", "cleanup"]
STAGES = ["prod", "staging", "dev"]
RUNTIMES = [
    "python3.13", "python3.12", "python3.11", "python3.9", "nodejs22.x", "nodejs20.x", "nodejs16.x",
    "java21", "java11", "dotnet8", "ruby3.3", "provided.al2023", "provided.al2", "go1.x",
]  # fmt: skip


def archive(source, runtime):
    """A deployment package with one file; the fixed date keeps its hash the same."""
    packed = io.BytesIO()
    name = "app.js" if runtime.startswith("nodejs") else "app.py"
    # Most ordinary functions have the code of seed-hello, whatever their runtime is said to be: they are not run.
    name = "app.py" if source is HELLO else name
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source)
    return packed.getvalue()


class Account:
    """The account at the endpoint, and a count of what it took and refused."""

    def __init__(self, endpoint, region):
        self.endpoint, self.region = endpoint, region
        self.done, self.refused = collections.Counter(), collections.Counter()
        self.lock, self.clients = threading.Lock(), {}
        self.id = (self.call("sts", "get_caller_identity") or {}).get("Account", "000000000000")

    def client(self, service):
        with self.lock:
            if service not in self.clients:
                self.clients[service] = boto3.client(
                    service,
                    endpoint_url=self.endpoint,
                    region_name=self.region,
                    aws_access_key_id="test",
                    aws_secret_access_key="test",
                    config=Config(retries={"max_attempts": 0}, read_timeout=30, max_pool_connections=8),
                )
            return self.clients[service]

    def call(self, service, operation, **arguments):
        """The answer, or None if the endpoint refused."""
        try:
            answer = getattr(self.client(service), operation)(**arguments)
        except (ClientError, BotoCoreError) as problem:
            with self.lock:
                self.refused[f"{operation}: {problem}"[:150]] += 1
            return None
        with self.lock:
            self.done[operation] += 1
        return answer

    def arn(self, service, rest):
        return f"arn:aws:{service}:{self.region}:{self.id}:{rest}"

    def create(self, name, source, settings):
        arguments = {
            "FunctionName": name,
            "Runtime": "python3.11",
            "Handler": "app.handler",
            "Role": f"arn:aws:iam::{self.id}:role/lambda-role",
            "Code": {"ZipFile": archive(source, settings.get("Runtime", "python3.11"))},
            "Tags": {"team": name.split("-")[0], "seeded": "yes"},
        }
        return self.call("lambda", "create_function", **arguments | settings)

    def settled(self, name):
        """Waits until the function may be changed again."""
        for _ in range(50):
            now = self.call("lambda", "get_function_configuration", FunctionName=name) or {}
            if now.get("State") != "Pending" and now.get("LastUpdateStatus") != "InProgress":
                return
            time.sleep(0.05)


def ordinary(count, chance):
    """`count` functions of believable teams: (name, settings)."""
    names = [f"{team}-{job}-{stage}" for stage in STAGES for job in JOBS for team in TEAMS]
    names += [f"{TEAMS[n % len(TEAMS)]}-batch-{n:05d}" for n in range(max(0, count - len(names)))]
    for n, name in enumerate(names[:count]):
        settings = {
            "Runtime": chance.choice(RUNTIMES),
            "Description": DESCRIPTIONS[n // 4 % len(DESCRIPTIONS)] if n % 4 == 0 else f"{name} of {TEAMS[n % 5]}",
            "MemorySize": chance.choice([128, 256, 512, 1024, 1769, 3008, 10240]),
            "Timeout": chance.choice([3, 10, 30, 60, 300, 900]),
            "Architectures": [chance.choice(["x86_64", "arm64"])],
        }
        if n % 3:
            settings["Environment"] = {
                "Variables": {"STAGE": name.rsplit("-", 1)[-1], "DATABASE_URL": "postgres://app:s3cr3t@db/app", "EMPTY": ""}
            }
        if n % 7 == 0:
            settings["TracingConfig"] = {"Mode": "Active"}
        if n % 9 == 0:
            settings["EphemeralStorage"] = {"Size": 2048}
        if n % 11 == 0:
            settings["LoggingConfig"] = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "WARN"}
        yield name, settings


def publish(account, name, versions):
    """Publishes versions, an alias on the first with some weight on the last, and one on the last."""
    published = []
    for n in range(versions):
        account.settled(name)
        account.call("lambda", "update_function_configuration", FunctionName=name, Description=f"release 1.{n}.0")
        account.settled(name)
        answer = account.call("lambda", "publish_version", FunctionName=name, Description=f"release 1.{n}.0")
        published += [answer["Version"]] if answer else []
    if not published:
        return
    routing = {"AdditionalVersionWeights": {published[-1]: 0.1}} if len(published) > 1 else {}
    account.call(
        "lambda", "create_alias", FunctionName=name, Name="live", FunctionVersion=published[0], RoutingConfig=routing
    )
    account.call("lambda", "create_alias", FunctionName=name, Name="stage", FunctionVersion=published[-1])


def layered(account):
    """Two versions of a layer, and a function on each."""
    for name, version in [("seed-layer-behind", 1), ("seed-layer-newest", 2)]:
        account.call(
            "lambda",
            "publish_layer_version",
            LayerName="seed-layer",
            Description=f"release {version}",
            Content={"ZipFile": archive(HELLO, "python3.11")},
        )
        account.create(name, HELLO, {"Layers": [account.arn("lambda", f"layer:seed-layer:{version}")]})


def connect_sources(account, consumers):
    """Event source mappings of each kind, one of them disabled."""
    account.call("sqs", "create_queue", QueueName="seed-orders")
    account.call("kinesis", "create_stream", StreamName="seed-clicks", ShardCount=1)
    table = account.call(
        "dynamodb",
        "create_table",
        TableName="seed-orders",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    stream = (table or {}).get("TableDescription", {}).get("LatestStreamArn")
    inserts = {"Filters": [{"Pattern": '{"eventName": ["INSERT"]}'}]}
    sources = [
        {"EventSourceArn": account.arn("sqs", "seed-orders"), "BatchSize": 10, "Enabled": False},
        {"EventSourceArn": account.arn("kinesis", "stream/seed-clicks"), "StartingPosition": "LATEST"},
        {"EventSourceArn": stream, "StartingPosition": "TRIM_HORIZON", "FilterCriteria": inserts},
    ]
    for consumer, source in zip(consumers, sources):
        if source["EventSourceArn"]:
            account.call("lambda", "create_event_source_mapping", FunctionName=consumer, **source)


def fill(account, arguments):
    """Makes everything; returns the named functions that could not be made."""
    missing = [name for name, (source, more) in NAMED.items() if not account.create(name, source, more)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        rows = list(ordinary(arguments.functions, random.Random(arguments.seed)))
        answers = pool.map(lambda row: account.create(row[0], HELLO, row[1]), rows)
        made = [row[0] for row, answer in zip(rows, answers) if answer]
        list(pool.map(lambda name: publish(account, name, 3), ["seed-hello", *made[::20]]))
    account.call("lambda", "put_function_concurrency", FunctionName="seed-slow", ReservedConcurrentExecutions=1)
    account.call(
        "lambda", "tag_resource", Resource=account.arn("lambda", "function:seed-hello"), Tags={"owner": "Jörg", "größe": "🦀"}
    )
    layered(account)
    connect_sources(account, ["seed-hello", *made])
    return missing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--region", default="us-east-1")
    parser.add_argument("--functions", type=int, default=200, help="ordinary functions beside the named ones (200)")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()

    began = time.monotonic()
    account = Account(arguments.endpoint, arguments.region)
    missing = fill(account, arguments)
    print(f"seeded {account.done['create_function']} functions in {time.monotonic() - began:.1f} s:", dict(account.done))
    for what, times in account.refused.most_common():
        print(f"refused {times} x {what}", file=sys.stderr)
    if missing:
        sys.exit(f"could not make {', '.join(missing)}: the tests rely on them (where the account has them already: scripts/ministack.sh empty)")


if __name__ == "__main__":
    main()
