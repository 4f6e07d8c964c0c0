/// Adapters to DynamoDB, S3, SQS and EventBridge, one a store, and the common shape of the handlers.
@NullMarked
package clientkpis.cloud;

import org.jspecify.annotations.NullMarked;
