#!/usr/bin/env python3
"""Reads every answer of a demo server with botocore, so that the demo cannot drift from the wire format.

    pip install boto3
    cargo run --example demo_server -- --port 4570 &
    python3 scripts/botocore_check.py --endpoint http://127.0.0.1:4570

botocore's parser drops what it does not know, so the raw answers are walked too: a member that the output shape of the
operation lacks is a mismatch, and so is a value of the wrong type. Exit code 0 if all is well, 1 on any mismatch, 2 if
the server cannot be reached.
"""
import argparse
import base64
import json
import sys
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError

# Members that are right on the wire but newer than the oldest botocore this should run with: "Shape.Member".
TOO_NEW = {
    "FunctionConfiguration.ConfigSha256",
    "FunctionConfiguration.DurableConfig",
    "FunctionConfiguration.TenancyConfig",
    "FunctionConfiguration.CapacityProviderConfig",
}

JSON_TYPES = {
    "string": str, "integer": int, "long": int, "boolean": bool, "float": (int, float), "double": (int, float),
    "timestamp": (int, float), "structure": dict, "map": dict, "list": list, "blob": str,
}

MISMATCHES = []
SEEN = set()


def mismatch(operation, text):
    MISMATCHES.append("%s: %s" % (operation, text))


def walk(operation, value, shape, path):
    """Compares raw JSON with the shape botocore expects."""
    expected = JSON_TYPES[shape.type_name]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        mismatch(operation, "%s is %s, expected %s" % (path, type(value).__name__, shape.type_name))
    elif shape.type_name == "structure":
        known = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for key, inner in value.items():
            if key in known:
                walk(operation, inner, known[key], path + "." + key)
            elif "%s.%s" % (shape.name, key) not in TOO_NEW:
                mismatch(operation, "%s.%s is not a member of %s" % (path, key, shape.name))
    elif shape.type_name == "list":
        for number, inner in enumerate(value):
            walk(operation, inner, shape.member, "%s[%d]" % (path, number))
    elif shape.type_name == "map":
        for key, inner in value.items():
            walk(operation, inner, shape.value, "%s[%s]" % (path, key))


class Check:
    def __init__(self, endpoint, region):
        settings = dict(
            endpoint_url=endpoint, region_name=region, aws_access_key_id="demo", aws_secret_access_key="demo",
            config=Config(retries={"max_attempts": 0}, connect_timeout=5, read_timeout=60),
        )
        self.functions = boto3.client("lambda", **settings)
        self.logs = boto3.client("logs", **settings)
        # The host of a live tail has a prefix, which leads nowhere on loopback.
        settings["config"] = settings["config"].merge(Config(inject_host_prefix=False))
        self.live = boto3.client("logs", **settings)
        self.sts = boto3.client("sts", **settings)
        for client in (self.functions, self.logs, self.live, self.sts):
            client.meta.events.register("before-parse.*", self.before_parse)
        self.raw = None

    def before_parse(self, operation_model, response_dict, **_):
        self.raw = (operation_model, response_dict)

    def ask(self, client, method, **arguments):
        """Calls an operation that must succeed, and compares the raw answer; returns what botocore made of it."""
        answer = getattr(client, method)(**arguments)
        operation, response = self.raw
        name = operation.name
        SEEN.add(name)
        if not response["headers"].get("x-amzn-requestid"):
            mismatch(name, "no x-amzn-requestid")
        shape = operation.output_shape
        body = response["body"]
        payload = shape.serialization.get("payload") if shape else None
        if client is not self.sts and shape and not payload and body:
            walk(name, json.loads(body), shape, name)
        return answer

    def refused(self, client, method, code, status, **arguments):
        """Calls an operation that must be refused with this code."""
        try:
            getattr(client, method)(**arguments)
            mismatch(method, "was answered, expected " + code)
        except ClientError as error:
            found = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
            if found != (code, status):
                mismatch(method, "refused with %s %s, expected %s %s" % (found + (code, status)))
            if not error.response["Error"].get("Message"):
                mismatch(method, "refused without a message")
            if not error.response["ResponseMetadata"].get("RequestId"):
                mismatch(method, "refused without a request id")

    def pages(self, client, method, key, token="NextMarker", argument="Marker", **arguments):
        items, marker = [], None
        while True:
            more = {argument: marker} if marker else {}
            page = self.ask(client, method, **arguments, **more)
            items += page[key]
            marker = page.get(token)
            if not marker:
                return items

    def functions_and_versions(self):
        listed = self.pages(self.functions, "list_functions", "Functions")
        settings = self.ask(self.functions, "get_account_settings")
        if settings["AccountUsage"]["FunctionCount"] != len(listed):
            mismatch("GetAccountSettings", "FunctionCount is not the number of functions listed")
        for function in listed:
            name = function["FunctionName"]
            if any(field.startswith(("State", "LastUpdateStatus", "RuntimeVersionConfig")) for field in function):
                mismatch("ListFunctions", "%s has a field that AWS omits" % name)
            got = self.ask(self.functions, "get_function", FunctionName=name)
            self.ask(self.functions, "get_function_configuration", FunctionName=function["FunctionArn"])
            self.ask(self.functions, "list_tags", Resource=function["FunctionArn"])
            self.pages(self.functions, "list_versions_by_function", "Versions", FunctionName=name)
            for alias in self.pages(self.functions, "list_aliases", "Aliases", FunctionName=name):
                self.ask(self.functions, "get_alias", FunctionName=name, Name=alias["Name"])
                self.ask(self.functions, "get_function", FunctionName=name, Qualifier=alias["Name"])
            self.access(name)
            if "State" not in got["Configuration"]:
                mismatch("GetFunction", "%s has no State" % name)
        of_others = listed[0]["FunctionArn"].replace(":%s:" % listed[0]["FunctionArn"].split(":")[4], ":999988887777:")
        for method in ("get_function", "invoke"):
            self.refused(self.functions, method, "AccessDeniedException", 403, FunctionName=of_others)
        return listed

    def access(self, name):
        client = self.functions
        self.ask(client, "get_function_concurrency", FunctionName=name)
        arn = name + " provisioned"
        for config in self.pages(client, "list_provisioned_concurrency_configs", "ProvisionedConcurrencyConfigs", FunctionName=name):
            qualifier = config["FunctionArn"].rsplit(":", 1)[1]
            self.ask(client, "get_provisioned_concurrency_config", FunctionName=name, Qualifier=qualifier)
        urls = self.pages(client, "list_function_url_configs", "FunctionUrlConfigs", FunctionName=name)
        for method, there in [("get_function_url_config", bool(urls)), ("get_policy", None), ("get_function_event_invoke_config", None)]:
            try:
                answer = self.ask(client, method, FunctionName=name)
                if method == "get_policy":
                    json.loads(answer["Policy"])
                if there is False:
                    mismatch(method, "%s has a URL that the list lacks" % arn)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ResourceNotFoundException" or there:
                    mismatch(method, str(error))

    def layers_and_mappings(self):
        for layer in self.pages(self.functions, "list_layers", "Layers"):
            for version in self.pages(self.functions, "list_layer_versions", "LayerVersions", LayerName=layer["LayerName"]):
                self.ask(self.functions, "get_layer_version", LayerName=layer["LayerArn"], VersionNumber=version["Version"])
            self.ask(self.functions, "get_layer_version_by_arn", Arn=layer["LatestMatchingVersion"]["LayerVersionArn"])
        self.layer_policies()
        for mapping in self.pages(self.functions, "list_event_source_mappings", "EventSourceMappings"):
            got = self.ask(self.functions, "get_event_source_mapping", UUID=mapping["UUID"])
            if "KMSKeyArn" in mapping and "FilterCriteria" in mapping:
                mismatch("ListEventSourceMappings", "tells the encrypted filters of " + mapping["UUID"])
            if mapping["FunctionArn"] != got["FunctionArn"]:
                mismatch("GetEventSourceMapping", "another function than in the list")

    def layer_policies(self):
        client, name = self.functions, "search-models"
        made = self.ask(
            client, "publish_layer_version", LayerName=name, Description="checked", LicenseInfo="MIT",
            CompatibleRuntimes=["python3.13"], CompatibleArchitectures=["arm64"], Content={"ZipFile": b"PK\x03\x04"},
        )
        if (made["Version"], made["Content"]["CodeSize"]) != (42, 4):
            mismatch("PublishLayerVersion", "unexpected %s" % made)
        which = dict(LayerName=made["LayerArn"], VersionNumber=made["Version"])
        grant = dict(which, StatementId="check", Action="lambda:GetLayerVersion", Principal="*", OrganizationId="o-t194hfs8cz")
        self.refused(client, "get_layer_version_policy", "ResourceNotFoundException", 404, **which)
        self.refused(client, "add_layer_version_permission", "PreconditionFailedException", 412, RevisionId="x", **grant)
        added = self.ask(client, "add_layer_version_permission", **grant)
        json.loads(added["Statement"])
        self.refused(client, "add_layer_version_permission", "ResourceConflictException", 409, **grant)
        policy = self.ask(client, "get_layer_version_policy", **which)
        if json.loads(policy["Policy"])["Statement"][0]["Sid"] != "check" or policy["RevisionId"] != added["RevisionId"]:
            mismatch("GetLayerVersionPolicy", "the statement is not in the policy")
        remove = dict(which, StatementId="check")
        self.refused(client, "remove_layer_version_permission", "PreconditionFailedException", 412, RevisionId="x", **remove)
        self.ask(client, "remove_layer_version_permission", RevisionId=policy["RevisionId"], **remove)
        self.refused(client, "remove_layer_version_permission", "ResourceNotFoundException", 404, **remove)
        self.ask(client, "delete_layer_version", **which)
        self.refused(client, "get_layer_version", "ResourceNotFoundException", 404, **which)
        content = dict(LayerName=name, Content={"ZipFile": b"no zip"})
        self.refused(client, "publish_layer_version", "InvalidParameterValueException", 400, **content)

    def mapping_changes(self):
        client = self.functions
        source = "arn:aws:kinesis:eu-central-1:123456789012:stream/botocore"
        self.refused(client, "create_event_source_mapping", "InvalidParameterValueException", 400, FunctionName="orders-api", EventSourceArn=source)
        self.refused(client, "create_event_source_mapping", "ResourceNotFoundException", 404, FunctionName="nobody", EventSourceArn=source, StartingPosition="LATEST")
        made = self.ask(client, "create_event_source_mapping", FunctionName="orders-api", EventSourceArn=source, StartingPosition="LATEST", Enabled=False)
        uuid = made["UUID"]
        if made["State"] != "Creating" or made["ResponseMetadata"]["HTTPStatusCode"] != 202:
            mismatch("CreateEventSourceMapping", "answered %s" % made)
        self.refused(client, "update_event_source_mapping", "ResourceInUseException", 400, UUID=uuid, BatchSize=5)
        self.settled(uuid, "Disabled")
        changed = self.ask(client, "update_event_source_mapping", UUID=uuid, BatchSize=5, Enabled=True)
        if (changed["State"], changed["BatchSize"]) != ("Enabling", 5):
            mismatch("UpdateEventSourceMapping", "answered %s" % changed)
        self.settled(uuid, "Enabled")
        if self.ask(client, "delete_event_source_mapping", UUID=uuid)["State"] != "Deleting":
            mismatch("DeleteEventSourceMapping", "is not Deleting")
        self.settled(uuid, None)

    def settled(self, uuid, state):
        """Waits until a mapping is in a state, or gone."""
        for _ in range(20):
            try:
                if self.ask(self.functions, "get_event_source_mapping", UUID=uuid)["State"] == state:
                    return
            except ClientError as error:
                if state is None and error.response["Error"]["Code"] == "ResourceNotFoundException":
                    return
                raise
            time.sleep(1)
        mismatch("GetEventSourceMapping", "never became %s" % state)

    def invocations(self):
        invoke = lambda **arguments: self.ask(self.functions, "invoke", **arguments)
        answer = invoke(FunctionName="orders-api", Qualifier="live", LogType="Tail", Payload=b'{"n": 1}')
        tail = base64.b64decode(answer["LogResult"])
        if b"REPORT RequestId" not in tail and b"platform.report" not in tail:
            mismatch("Invoke", "no report in the log tail")
        if answer["StatusCode"] != 200 or answer["ExecutedVersion"] not in ("11", "12"):
            mismatch("Invoke", "status %s, version %s" % (answer["StatusCode"], answer["ExecutedVersion"]))
        json.loads(answer["Payload"].read())
        answer = invoke(FunctionName="orders-reject", LogType="Tail")
        if answer.get("FunctionError") != "Unhandled" or "errorMessage" not in json.loads(answer["Payload"].read()):
            mismatch("Invoke", "orders-reject did not fail as it should")
        for kind, status in [("Event", 202), ("DryRun", 204)]:
            found = invoke(FunctionName="orders-api", InvocationType=kind)["StatusCode"]
            if found != status:
                mismatch("Invoke", "%s answered %s" % (kind, found))
        if not invoke(FunctionName="orders-checkout-saga").get("DurableExecutionArn"):
            mismatch("Invoke", "a durable function gave no DurableExecutionArn")
        self.refused(self.functions, "invoke", "TooManyRequestsException", 429, FunctionName="orders-frozen")
        self.refused(self.functions, "invoke", "InvalidRequestContentException", 400, FunctionName="orders-api", Payload=b"{")
        self.refused(self.functions, "invoke", "NoPublishedVersionException", 400, FunctionName="search-ranker-gpu")
        self.refused(self.functions, "get_function", "ResourceNotFoundException", 404, FunctionName="nobody")
        self.refused(self.functions, "list_code_signing_configs", "UnknownOperationException", 404)

    def streams(self):
        def events(name):
            answer = self.ask(self.functions, "invoke_with_response_stream", FunctionName=name, LogType="Tail", Payload=b"{}")
            found = list(answer["EventStream"])
            if answer["StatusCode"] != 200 or answer["ResponseStreamContentType"] != "application/vnd.amazon.eventstream":
                mismatch("InvokeWithResponseStream", "%s answered %s" % (name, answer))
            if not found or "InvokeComplete" not in found[-1]:
                mismatch("InvokeWithResponseStream", "%s: no InvokeComplete at the end" % name)
            chunks = [event["PayloadChunk"]["Payload"] for event in found if "PayloadChunk" in event]
            return chunks, found[-1].get("InvokeComplete", {})
        chunks, end = events("media-live-chat")
        if len(chunks) < 10 or "ErrorCode" in end or not b"".join(chunks).decode().startswith("01 "):
            mismatch("InvokeWithResponseStream", "media-live-chat: %d chunks, %s" % (len(chunks), end))
        if b"REPORT RequestId" not in base64.b64decode(end["LogResult"]):
            mismatch("InvokeWithResponseStream", "no report in the log tail")
        chunks, end = events("data-quality-check")
        if end.get("ErrorCode") != "TableRejected" or "errorMessage" not in json.loads(end["ErrorDetails"]):
            mismatch("InvokeWithResponseStream", "data-quality-check ended with %s" % end)
        self.refused(
            self.functions, "invoke_with_response_stream", "TooManyRequestsException", 429, FunctionName="orders-frozen"
        )

    def update(self):
        name = "data-athena-runner"
        before = self.ask(self.functions, "get_function_configuration", FunctionName=name)
        self.refused(self.functions, "update_function_configuration", "PreconditionFailedException", 412, FunctionName=name, RevisionId="x", Timeout=9)
        after = self.ask(self.functions, "update_function_configuration", FunctionName=name, RevisionId=before["RevisionId"], MemorySize=512)
        if (after["MemorySize"], after["LastUpdateStatus"]) != (512, "InProgress") or after["RevisionId"] == before["RevisionId"]:
            mismatch("UpdateFunctionConfiguration", "the change is not in the answer")
        self.functions.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 10})

    def concurrency(self):
        client, name = self.functions, "orders-api"
        before = self.ask(client, "get_account_settings")["AccountLimit"]["UnreservedConcurrentExecutions"]
        self.ask(client, "put_function_concurrency", FunctionName=name, ReservedConcurrentExecutions=210)
        if self.ask(client, "get_account_settings")["AccountLimit"]["UnreservedConcurrentExecutions"] != before - 10:
            mismatch("GetAccountSettings", "a reservation did not lessen what is unreserved")
        self.refused(
            client, "put_function_concurrency", "InvalidParameterValueException", 400, FunctionName=name, ReservedConcurrentExecutions=999
        )
        known = {"FunctionName": name, "Qualifier": "staging"}
        missing = "ProvisionedConcurrencyConfigNotFoundException"
        self.refused(client, "get_provisioned_concurrency_config", missing, 404, **known)
        made = self.ask(client, "put_provisioned_concurrency_config", ProvisionedConcurrentExecutions=4, **known)
        if made["Status"] != "IN_PROGRESS":
            mismatch("PutProvisionedConcurrencyConfig", "is " + made["Status"])
        self.refused(
            client, "put_provisioned_concurrency_config", "InvalidParameterValueException", 400,
            FunctionName=name, Qualifier="$LATEST", ProvisionedConcurrentExecutions=1,
        )
        for _ in range(30):
            time.sleep(1)
            if self.ask(client, "get_provisioned_concurrency_config", **known)["Status"] == "READY":
                break
        else:
            mismatch("GetProvisionedConcurrencyConfig", "never READY")
        self.ask(client, "delete_provisioned_concurrency_config", **known)
        self.refused(client, "delete_provisioned_concurrency_config", missing, 404, **known)
        self.ask(client, "delete_function_concurrency", FunctionName=name)
        if "ReservedConcurrentExecutions" in self.ask(client, "get_function_concurrency", FunctionName=name):
            mismatch("DeleteFunctionConcurrency", "something is reserved still")

    def versions_and_aliases(self):
        client, name = self.functions, "data-athena-runner"
        before = self.ask(client, "get_function_configuration", FunctionName=name)
        publish = lambda **more: self.ask(client, "publish_version", FunctionName=name, **more)
        self.refused(client, "publish_version", "PreconditionFailedException", 412, FunctionName=name, RevisionId="x")
        self.refused(client, "publish_version", "InvalidParameterValueException", 400, FunctionName=name, CodeSha256="x")
        first = publish(CodeSha256=before["CodeSha256"], RevisionId=before["RevisionId"], Description="first")
        if (first["State"], first["Description"]) != ("Pending", "first") or not first["FunctionArn"].endswith(":" + first["Version"]):
            mismatch("PublishVersion", "unexpected %s %s" % (first["State"], first["FunctionArn"]))
        client.get_waiter("published_version_active").wait(FunctionName=name, Qualifier=first["Version"], WaiterConfig={"Delay": 1, "MaxAttempts": 10})
        if publish(Description="again")["Version"] != first["Version"]:
            mismatch("PublishVersion", "nothing had changed, and a version was made")
        self.ask(client, "update_function_configuration", FunctionName=name, Timeout=11)
        client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 10})
        second = publish()
        split = {"AdditionalVersionWeights": {second["Version"]: 0.1}}
        made = self.ask(client, "create_alias", FunctionName=name, Name="check", FunctionVersion=first["Version"], RoutingConfig=split)
        if made["RoutingConfig"] != split:
            mismatch("CreateAlias", "the weights are not in the answer")
        known = dict(FunctionName=name, Name="check")
        self.refused(client, "create_alias", "ResourceConflictException", 409, FunctionVersion=first["Version"], **known)
        self.refused(client, "create_alias", "ResourceNotFoundException", 404, FunctionName=name, Name="none", FunctionVersion="999")
        self.refused(client, "update_alias", "PreconditionFailedException", 412, RevisionId="x", **known)
        self.refused(client, "update_alias", "InvalidParameterValueException", 400, FunctionVersion=second["Version"], **known)
        self.refused(client, "delete_function", "ResourceConflictException", 409, FunctionName=name, Qualifier=second["Version"])
        using = self.ask(client, "list_aliases", FunctionName=name, FunctionVersion=second["Version"])["Aliases"]
        if [alias["Name"] for alias in using] != ["check"]:
            mismatch("ListAliases", "a version that gets a share has no alias")
        promoted = self.ask(client, "update_alias", FunctionVersion=second["Version"], RoutingConfig={"AdditionalVersionWeights": {}}, RevisionId=made["RevisionId"], **known)
        if promoted.get("RoutingConfig") or promoted["RevisionId"] == made["RevisionId"]:
            mismatch("UpdateAlias", "the weights are still there")
        self.ask(client, "delete_function", FunctionName=name, Qualifier=first["Version"])
        self.ask(client, "delete_alias", **known)
        self.ask(client, "delete_alias", **known)
        self.refused(client, "get_alias", "ResourceNotFoundException", 404, **known)
        left = [version["Version"] for version in self.pages(client, "list_versions_by_function", "Versions", FunctionName=name)]
        if first["Version"] in left or second["Version"] not in left:
            mismatch("DeleteFunction", "the wrong version went: %s" % left)

    def log_groups(self):
        more = dict(token="nextToken", argument="nextToken")
        groups = self.pages(self.logs, "describe_log_groups", "logGroups", logGroupNamePrefix="/aws/lambda/", **more)
        if len(groups) < 20:
            mismatch("DescribeLogGroups", "only %d groups" % len(groups))
        some = self.ask(self.logs, "describe_log_groups", logGroupNamePattern="orders-api")["logGroups"]
        if not some or any("orders-api" not in group["logGroupName"] for group in some):
            mismatch("DescribeLogGroups", "the pattern brought %s" % [group["logGroupName"] for group in some])
        group = "/aws/lambda/orders-api"
        since = int(time.time() * 1000) - 60_000
        events = self.pages(self.logs, "filter_log_events", "events", logGroupName=group, startTime=since, filterPattern='"REPORT"', **more)
        events += self.pages(self.logs, "filter_log_events", "events", logGroupName=group, startTime=since, filterPattern='"platform.report"', **more)
        if not events:
            mismatch("FilterLogEvents", "no run in the last minute of " + group)
        streams = self.pages(self.logs, "describe_log_streams", "logStreams", logGroupName=group, orderBy="LastEventTime", descending=True, **more)
        page = self.ask(self.logs, "get_log_events", logGroupName=group, logStreamName=streams[0]["logStreamName"], limit=10)
        if not page["events"] or page["nextForwardToken"] == page["nextBackwardToken"]:
            mismatch("GetLogEvents", "no events in the newest stream")
        self.refused(self.logs, "filter_log_events", "ResourceNotFoundException", 400, logGroupName="/nobody")
        self.refused(self.logs, "filter_log_events", "InvalidParameterException", 400, logGroupName=group, filterPattern='"open')
        # Newer than the oldest botocore this should run with.
        if "startFromHead" in self.logs.meta.service_model.operation_model("FilterLogEvents").input_shape.members:
            newest = dict(logGroupName=group, startTime=since, startFromHead=False)
            self.refused(self.logs, "filter_log_events", "InvalidParameterException", 400, **dict(newest, startTime=5))
            told = [event["timestamp"] for event in self.ask(self.logs, "filter_log_events", **newest)["events"]]
            if told != sorted(told, reverse=True):
                mismatch("FilterLogEvents", "the newest events do not come first")
        self.live_tail([listed["logGroupArn"] for listed in groups][:10])

    def live_tail(self, groups):
        """Reads the frames of a live tail until events came."""
        self.refused(self.live, "start_live_tail", "InvalidParameterException", 400, logGroupIdentifiers=["/no/arn"])
        output = self.live.meta.service_model.operation_model("StartLiveTail").output_shape
        frames = output.members["responseStream"].members
        SEEN.add("StartLiveTail")
        kinds = []
        stream = self.live.start_live_tail(logGroupIdentifiers=groups)["responseStream"]
        # The frames as they come, in front of the parser that drops what it does not know.
        for frame in stream._create_raw_event_generator():
            answer = frame.to_response_dict()
            kind = answer["headers"].get(":event-type") or answer["headers"].get(":exception-type")
            kinds.append(kind)
            said = json.loads(answer["body"])
            walk("StartLiveTail", said, frames[kind], kind)
            if kind == "sessionUpdate" and said["sessionResults"] or len(kinds) > 60:
                break
        stream.close()
        if kinds[0] != "sessionStart" or len(kinds) > 60:
            mismatch("StartLiveTail", "unexpected frames %s" % kinds)

    def queries(self):
        now = int(time.time())
        asked = dict(logGroupNames=["/aws/lambda/orders-api", "/aws/lambda/billing-api"], startTime=now - 600, endTime=now)
        begun = self.ask(self.logs, "start_query", queryString="fields @timestamp, @message | limit 5", **asked)
        seen = []
        while not seen or seen[-1]["status"] in ("Scheduled", "Running"):
            seen.append(self.ask(self.logs, "get_query_results", queryId=begun["queryId"]))
            time.sleep(0.4)
        last = seen[-1]
        if last["status"] != "Complete" or seen[0]["status"] != "Scheduled" or len(last["results"]) != 5:
            mismatch("GetQueryResults", "a query went through %s and found %d rows" % ([one["status"] for one in seen], len(last["results"])))
        read = [one["statistics"]["bytesScanned"] for one in seen]
        if read != sorted(read) or read[0] == read[-1]:
            mismatch("GetQueryResults", "what was read does not grow: %s" % read)
        row = {field["field"]: field["value"] for field in last["results"][0]}
        record = self.ask(self.logs, "get_log_record", logRecordPointer=row["@ptr"])["logRecord"]
        if record["@message"] != row["@message"]:
            mismatch("GetLogRecord", "another event: %s" % record)
        begun = self.ask(self.logs, "start_query", queryString="stats count(*)", **asked)
        self.ask(self.logs, "stop_query", queryId=begun["queryId"])
        if self.ask(self.logs, "get_query_results", queryId=begun["queryId"])["status"] != "Cancelled":
            mismatch("StopQuery", "the query was not cancelled")
        self.refused(self.logs, "stop_query", "InvalidParameterException", 400, queryId=begun["queryId"])
        try:
            self.logs.start_query(queryString="fields @message | fliter x", **asked)
            mismatch("StartQuery", "a query that nobody understands was started")
        except self.logs.exceptions.MalformedQueryException as error:
            place = error.response.get("queryCompileError", {}).get("location", {})
            if (place.get("startCharOffset"), place.get("endCharOffset")) != (18, 24):
                mismatch("StartQuery", "the flaw is said to be at %s" % place)
        self.refused(self.logs, "start_query", "ResourceNotFoundException", 400, queryString="limit 1", **dict(asked, logGroupNames=["/nobody"]))

    def identity(self):
        answer = self.ask(self.sts, "get_caller_identity")
        if answer["Account"] != "123456789012" or not answer["Arn"].startswith("arn:aws:sts::"):
            mismatch("GetCallerIdentity", "unexpected %s" % answer)


def journal(endpoint):
    """The server counts what it is asked for."""
    with urllib.request.urlopen(endpoint + "/_journal", timeout=5) as response:
        counts = json.load(response)
    for operation in SEEN:
        if not counts.get(operation):
            mismatch("GET /_journal", "does not count " + operation)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--endpoint", required=True, help="where demo_server listens, serving the showcase")
    arguments.add_argument("--region", default="eu-central-1")
    arguments = arguments.parse_args()
    check = Check(arguments.endpoint, arguments.region)
    try:
        check.identity()
        check.functions_and_versions()
        check.layers_and_mappings()
        check.mapping_changes()
        check.invocations()
        check.streams()
        check.update()
        check.versions_and_aliases()
        check.concurrency()
        check.log_groups()
        check.queries()
        journal(arguments.endpoint)
    except (EndpointConnectionError, urllib.error.URLError) as error:
        print("botocore_check: nobody answers at %s (%s). Start demo_server first." % (arguments.endpoint, error))
        return 2
    for text in MISMATCHES[:50]:
        print("mismatch: " + text)
    if MISMATCHES:
        print("%d mismatches" % len(MISMATCHES))
        return 1
    print("%d operations ok" % len(SEEN))
    return 0


if __name__ == "__main__":
    sys.exit(main())
