"""Prints each client that comes into risk, from the queue whose URL it is given. Ctrl-C stops it."""

import json
import signal
import sys

import boto3

signal.signal(signal.SIGINT, signal.SIG_DFL)
sqs, url = boto3.client("sqs"), sys.argv[1]
seen, newest = set(), {}  # a real consumer keeps them where they outlive it
while True:
    for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=20).get("Messages", []):
        change = json.loads(message["Body"])["detail"]
        client = change["tenant"], change["clientId"]
        if change["id"] not in seen and change["version"] > newest.get(client, 0):
            newest[client] = change["version"]
            if change["to"] == "risk":
                print(*client, f"is at risk since {change['asOf']}, version {change['version']}", flush=True)
        seen.add(change["id"])
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
