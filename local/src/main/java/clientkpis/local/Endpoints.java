package clientkpis.local;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where the services listen, and the settings that lead AWS SDK clients there.
record Endpoints(String s3, String dynamo, String queues, String eventBridge, String lambda) {
    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "localsecret";

    /// The environment variables for clients in another process.
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo);
        variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", dynamo);
        variables.put("AWS_ENDPOINT_URL_S3", s3);
        variables.put("AWS_ENDPOINT_URL_SQS", queues);
        variables.put("AWS_ENDPOINT_URL_EVENTBRIDGE", eventBridge);
        variables.put("AWS_ENDPOINT_URL_LAMBDA", lambda);
        variables.put("AWS_REGION", LocalCloud.REGION);
        // Python's SDK reads only this one.
        variables.put("AWS_DEFAULT_REGION", LocalCloud.REGION);
        variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        return variables;
    }

    /// The same for clients in this JVM.
    void setSystemProperties() {
        Map.of(
                        "aws.endpointUrlDynamoDb", dynamo,
                        "aws.endpointUrlDynamoDbStreams", dynamo,
                        "aws.endpointUrlS3", s3,
                        "aws.endpointUrlSqs", queues,
                        "aws.endpointUrlEventBridge", eventBridge,
                        "aws.endpointUrlLambda", lambda,
                        "aws.region", LocalCloud.REGION,
                        "aws.accessKeyId", ACCESS_KEY,
                        "aws.secretAccessKey", SECRET_KEY,
                        "software.amazon.awssdk.http.service.impl",
                                "software.amazon.awssdk.http.apache5.Apache5SdkHttpService")
                .forEach(System::setProperty);
    }
}
