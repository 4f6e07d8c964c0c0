"""Starts MiniStack, with four things that it does not know of AWS and that the template relies on.

- A batch is authorised as its single action: there is no `sqs:SendMessageBatch`.
- Each entry of PutEvents is authorised by itself, with its `events:source` and `events:detail-type`.
- S3's events name the version of an object in a versioned bucket, and reading a named version needs no right to the newest.
- An alarm may watch an expression. Here it watches the expression's first metric, because nobody calculates it.
"""

import contextvars
import json

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import eventbridge, s3
from ministack.services.cloudformation import provisioners

_ENTRIES = "clouds:entries"

_extract_iam_action = iam_actions.extract_iam_action
_request_tag_context = iam_actions.request_tag_context
_enforce = iam_evaluator.enforce
_fire_s3_event = s3._fire_s3_event
_dispatch_event = eventbridge._dispatch_event
_metric_alarm_record = provisioners._cw_metric_alarm_record
_version = contextvars.ContextVar("version", default=None)


def extract_iam_action(service, *request):
    action = _extract_iam_action(service, *request)
    return action.removesuffix("Batch") if service == "sqs" and action else action


def request_tag_context(service, iam_action, body, params):
    context = dict(_request_tag_context(service, iam_action, body, params))
    if iam_action == "events:PutEvents":
        entries = json.loads(body).get("Entries", [])
        context[_ENTRIES] = {(entry.get("Source", ""), entry.get("DetailType", "")) for entry in entries}
    return context


def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    context = dict(service_context or {})
    for source, detail_type in context.pop(_ENTRIES, {(None, None)}):
        keys = {"events:source": source, "events:detail-type": detail_type} if source is not None else {}
        denied = _enforce(
            access_key_id, iam_action, service, region, resource_arn=resource_arn, service_context={**context, **keys}
        )
        if denied:
            return denied
    return None


def fire_s3_event(*arguments, version_id=None, **others):
    _version.set(version_id)
    _fire_s3_event(*arguments, version_id=version_id, **others)


def dispatch_event(event, *others):
    version = _version.get()
    if event["Source"] == "aws.s3" and version:
        detail = json.loads(event["Detail"])
        detail["object"]["version-id"] = version
        event = {**event, "Detail": json.dumps(detail)}
    return _dispatch_event(event, *others)


def metric_alarm_record(name, props):
    metrics = [metric["MetricStat"] for metric in props.get("Metrics", []) if "MetricStat" in metric]
    if metrics:
        others = {key: value for key, value in props.items() if key != "Metrics"}
        props = {**others, **metrics[0]["Metric"], "Statistic": metrics[0]["Stat"], "Period": metrics[0]["Period"]}
    return _metric_alarm_record(name, props)


iam_actions.extract_iam_action = extract_iam_action
iam_actions.request_tag_context = request_tag_context
iam_evaluator.enforce = enforce
s3._fire_s3_event = fire_s3_event
eventbridge._dispatch_event = dispatch_event
provisioners._cw_metric_alarm_record = metric_alarm_record

app.main()
