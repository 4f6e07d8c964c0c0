package clientkpis.deployed;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container. Its functions are containers of AWS's own images.
final class LocalStackTestCloud extends SamTestCloud {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private final LocalStackContainer container = new LocalStackContainer(IMAGE);

    static Optional<String> missing() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? missingTools()
                : Optional.of("There is no Docker engine: start one, or name it in the variable DOCKER_HOST.");
    }

    LocalStackTestCloud() {
        super("client-kpis");
        container.start();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", container.getEndpoint().toString(),
                "AWS_REGION", container.getRegion(),
                "AWS_ACCESS_KEY_ID", container.getAccessKey(),
                "AWS_SECRET_ACCESS_KEY", container.getSecretKey());
    }

    /// Only its commercial edition enforces policies.
    @Override
    boolean enforcesPolicies() {
        return false;
    }

    /// The template with this machine's architecture, which is that of its Docker engine.
    @Override
    Path packaged(String template) {
        return packagedAsItIs(
                isArm() ? template : replaced(template, "Architectures: [arm64]", "Architectures: [x86_64]"),
                "localstack");
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public String toString() {
        return "localstack";
    }
}
