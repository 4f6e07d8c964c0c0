package clientkpis.local.invoke;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;

/// The errors with which each service refuses a request without effect, as its SDK client reports them.
final class Refusals {
    private static final int BAD_REQUEST = 400;
    private static final int SLOW_DOWN = 503;

    private Refusals() {}

    /// The process that made it is gone.
    static SdkClientException died() {
        return SdkClientException.create("This invocation was made to die");
    }

    /// There were too many requests.
    static AwsServiceException throttled(String service, SdkRequest sent) {
        return switch (service) {
            case "S3" -> refused(S3Exception.builder(), "S3", "SlowDown", SLOW_DOWN);
            case "Sqs" -> refused(RequestThrottledException.builder(), "Sqs", "RequestThrottled", BAD_REQUEST);
            case "EventBridge" ->
                refused(EventBridgeException.builder(), "EventBridge", "ThrottlingException", BAD_REQUEST);
            default ->
                sent instanceof TransactWriteItemsRequest transaction
                        ? canceled(transaction, "ThrottlingError")
                        : refused(ThrottlingException.builder(), "DynamoDb", "ThrottlingException", BAD_REQUEST);
        };
    }

    /// A transaction is about to change the same item.
    static AwsServiceException conflict(SdkRequest sent) {
        return sent instanceof TransactWriteItemsRequest transaction
                ? canceled(transaction, "TransactionConflict")
                : refused(
                        TransactionConflictException.builder(),
                        "DynamoDb",
                        "TransactionConflictException",
                        BAD_REQUEST);
    }

    /// Because of the last of its items.
    private static AwsServiceException canceled(TransactWriteItemsRequest transaction, String code) {
        List<CancellationReason> reasons = new ArrayList<>();
        while (reasons.size() < transaction.transactItems().size() - 1) {
            reasons.add(CancellationReason.builder().code("None").build());
        }
        reasons.add(CancellationReason.builder().code(code).build());
        return refused(
                TransactionCanceledException.builder().cancellationReasons(reasons),
                "DynamoDb",
                "TransactionCanceledException",
                BAD_REQUEST);
    }

    private static AwsServiceException refused(
            AwsServiceException.Builder error, String service, String code, int status) {
        return error.message(code + ": this request was made to be refused")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
                        .errorCode(code)
                        .errorMessage("This request was made to be refused")
                        .build())
                .build();
    }
}
