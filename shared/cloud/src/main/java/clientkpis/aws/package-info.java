/// Small adapters to DynamoDB, S3, SQS and EventBridge. They know nothing of clients or uploads.
@NullMarked
package clientkpis.aws;

import org.jspecify.annotations.NullMarked;
