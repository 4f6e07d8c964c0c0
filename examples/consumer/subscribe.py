"""Makes by API what consumer.yaml makes, where there is no CloudFormation, and prints the queue's URL.

Doing it again changes nothing. EVENT_BUS_NAME names the bus.
"""

import json
import os

import boto3

PATTERN = {
    "source": ["client-kpis"],
    "detail-type": ["SituationChanged"],
    "detail": {"$or": [{"to": ["risk"]}, {"from": ["risk"]}]},
}
sqs, events = boto3.client("sqs"), boto3.client("events")
bus = os.environ["EVENT_BUS_NAME"]


def queue(name):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


dead_letters, dead_letters_arn = queue("risks-dead-letters")
url, arn = queue("risks")
rule = events.put_rule(Name="risks", EventBusName=bus, EventPattern=json.dumps(PATTERN))["RuleArn"]


def policy(queue_arn):
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [allow]})


redrive = json.dumps({"deadLetterTargetArn": dead_letters_arn, "maxReceiveCount": "5"})
sqs.set_queue_attributes(QueueUrl=dead_letters, Attributes={"Policy": policy(dead_letters_arn)})
sqs.set_queue_attributes(
    QueueUrl=url, Attributes={"Policy": policy(arn), "RedrivePolicy": redrive, "VisibilityTimeout": "60"}
)
target = {"Id": "risks", "Arn": arn, "DeadLetterConfig": {"Arn": dead_letters_arn}}
failed = events.put_targets(Rule="risks", EventBusName=bus, Targets=[target])["FailedEntries"]
if failed:
    raise SystemExit(f"The rule does not take the queue as a target: {failed}")
print(url)
