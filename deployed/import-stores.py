"""Imports the stores of a deleted stack, as docs/deploy.md does with the AWS CLI.

Usage: import-stores.py FOLDER STACK DATA_BUCKET, where FOLDER has stores.yaml and stores.json.
"""

import json
import pathlib
import sys

import boto3

folder, stack, bucket = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
cloudformation = boto3.client("cloudformation")
cloudformation.create_change_set(
    StackName=stack,
    ChangeSetName="stores",
    ChangeSetType="IMPORT",
    TemplateBody=(folder / "stores.yaml").read_text(encoding="utf-8"),
    ResourcesToImport=json.loads((folder / "stores.json").read_text(encoding="utf-8")),
)
cloudformation.get_waiter("change_set_create_complete").wait(StackName=stack, ChangeSetName="stores")
cloudformation.execute_change_set(StackName=stack, ChangeSetName="stores")
cloudformation.get_waiter("stack_import_complete").wait(StackName=stack)
boto3.client("s3").delete_bucket_policy(Bucket=bucket)
