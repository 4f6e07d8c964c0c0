/// The services behind AWS wire protocols on loopback ports: DynamoDB, S3, SQS and EventBridge.
@org.jspecify.annotations.NullMarked
package clientkpis.local.service;
