"""Starts MiniStack, with two things that its authorisation does not know of AWS and that the template's policies rely on.

- A batch is authorised as its single action: there is no `sqs:SendMessageBatch`.
- Each entry of PutEvents is authorised by itself, with its `events:source` and `events:detail-type`.
"""

import json

from ministack import app
from ministack.core import iam_actions, iam_evaluator

_ENTRIES = "clouds:entries"

_extract_iam_action = iam_actions.extract_iam_action
_request_tag_context = iam_actions.request_tag_context
_enforce = iam_evaluator.enforce


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


iam_actions.extract_iam_action = extract_iam_action
iam_actions.request_tag_context = request_tag_context
iam_evaluator.enforce = enforce

app.main()
