package clientkpis.deployed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The AWS SDK's clients for an environment. They use only its variables, not what a local cloud in this JVM set.
record Sdk(Map<String, String> environment) {
    private static final Duration A_FUNCTION_MAY_TAKE = Duration.ofMinutes(3);

    S3Client s3() {
        return client(S3Client.builder(), "S3");
    }

    SqsClient sqs() {
        return client(SqsClient.builder(), "SQS");
    }

    DynamoDbClient dynamo() {
        return client(DynamoDbClient.builder(), "DYNAMODB");
    }

    EventBridgeClient events() {
        return client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }

    LambdaClient lambda() {
        return client(LambdaClient.builder(), "LAMBDA");
    }

    CloudWatchLogsClient logs() {
        return client(CloudWatchLogsClient.builder(), "CLOUDWATCH_LOGS");
    }

    IamClient iam() {
        return client(IamClient.builder().region(Region.AWS_GLOBAL), "IAM");
    }

    /// The same cloud with another access key.
    Sdk as(String accessKey, String secretKey) {
        Map<String, String> theirs = new HashMap<>(environment);
        theirs.remove("AWS_PROFILE");
        theirs.put("AWS_ACCESS_KEY_ID", accessKey);
        theirs.put("AWS_SECRET_ACCESS_KEY", secretKey);
        return new Sdk(theirs);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String service) {
        String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_" + service, environment.get("AWS_ENDPOINT_URL"));
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        if (!service.equals("IAM") || endpoint != null) {
            builder.region(Region.of(environment.get("AWS_REGION")));
        }
        Apache5HttpClient.Builder http = Apache5HttpClient.builder().socketTimeout(A_FUNCTION_MAY_TAKE);
        String authority = environment.get("AWS_CA_BUNDLE");
        if (authority != null) {
            http.tlsTrustManagersProvider(() -> trusting(Path.of(authority)));
        }
        return builder.credentialsProvider(credentials())
                .httpClientBuilder(http)
                .build();
    }

    private AwsCredentialsProvider credentials() {
        return environment.containsKey("AWS_PROFILE")
                ? ProfileCredentialsProvider.create(environment.get("AWS_PROFILE"))
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")));
    }

    private static TrustManager[] trusting(Path certificate) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore(certificate));
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A store that trusts one certificate.
    static KeyStore trustStore(Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "cloud", CertificateFactory.getInstance("X.509").generateCertificate(in));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
