package clientkpis.local.service;

import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.dynamodb.services.exceptions.AWSExceptionFactory;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;
import software.amazon.dynamodb.services.local.shared.access.LocalDBInputConverter;
import software.amazon.dynamodb.services.local.shared.access.LocalDBOutputConverter;
import software.amazon.dynamodb.services.local.shared.access.api.dp.TransactWriteItemsFunction;
import software.amazon.dynamodb.services.local.shared.access.client.LocalDynamoDbClient;
import software.amazon.dynamodb.services.local.shared.dataaccess.LocalDocumentFactory;
import software.amazon.dynamodb.services.local.shared.env.LocalDBEnv;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/// DynamoDB Local's client, which carries out every transaction by one function; it has no state. DynamoDB Local makes
/// one for each transaction, and with it some 270 exceptions with their stack traces, which take longer than the rest.
final class Transactions extends LocalDynamoDbClient {
    private static final int LONGEST_NAME = 65_536;

    private final TransactWriteItemsFunction transaction;

    Transactions(LocalDBAccess access, JobsRegister jobs) {
        super(access, jobs);
        AWSExceptionFactory exceptions = new AWSExceptionFactory();
        LocalDBEnv environment = new LocalDBEnv();
        LocalDocumentFactory documents = new LocalDocumentFactory();
        transaction = new TransactWriteItemsFunction(
                access,
                new LocalDBInputConverter(environment, exceptions, documents, LONGEST_NAME),
                new LocalDBOutputConverter(),
                exceptions,
                environment,
                documents);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return transaction.apply(request);
    }
}
