package clientkpis.deployed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/// MiniStack, an emulator of AWS that is one Python process: roles, users and resources' policies are enforced, and
/// each instance of a function is a process. It supports Java only in containers, so the zips of the functions contain
/// a custom runtime, which starts their JVMs as Lambda does.
///
/// It uses TLS, because the template denies everything else.
final class MiniStackTestCloud extends SamTestCloud {
    private static final String REGION = "sa-east-1";
    private static final String ROOT_KEY = "test";
    private static final String TRUST_PASSWORD = "changeit";

    /// Starts the JVM of a function. The native part of AWS's runtime client is named, because otherwise every JVM
    /// unpacks it to the same place, and a JVM that starts while another does so crashes.
    private static final String BOOTSTRAP = """
        #!/bin/sh
        exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \\
          -Djavax.net.ssl.trustStore="$TRUST_STORE" -Djavax.net.ssl.trustStorePassword=%s \\
          -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="$LAMBDA_TASK_ROOT/runtime.so" \\
          -cp "$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*" \\
          com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
        """.formatted(TRUST_PASSWORD);

    /// Its log, including the log lines of functions. It is kept after the test.
    private static final Path LOG = ROOT.resolve("deployed/target/ministack.log");

    private final Path home = Files.createTempDirectory("ministack");
    private final Map<String, String> environment = new HashMap<>();
    private final Process process;

    static Optional<String> missing() {
        return missingTools();
    }

    MiniStackTestCloud() throws IOException {
        super("client-kpis");
        int port = freePort();
        Path certificate = home.resolve("tmp/ministack-tls/server.crt");
        Path trust = home.resolve("trust.p12");
        String endpoint = "https://127.0.0.1:" + port;
        environment.putAll(Map.of(
                "AWS_ENDPOINT_URL", endpoint,
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", ROOT_KEY,
                "AWS_SECRET_ACCESS_KEY", ROOT_KEY,
                "AWS_CA_BUNDLE", certificate.toString()));
        Files.createDirectory(home.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(
                        tool("ministack/bin/python").toString(),
                        ROOT.resolve("deployed/start-ministack.py").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        // Functions inherit it: nothing of this process' that could lead them elsewhere.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "AUTH",
                        "true",
                        "USE_SSL",
                        "1",
                        "BIND_HOST",
                        "127.0.0.1",
                        "GATEWAY_PORT",
                        Integer.toString(port),
                        "MINISTACK_REGION",
                        REGION,
                        "AWS_ENDPOINT_URL",
                        endpoint,
                        "TMPDIR",
                        home.resolve("tmp").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "TRUST_STORE",
                        trust.toString()));
        process = builder.start();
        try {
            await("MiniStack")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .failFast("MiniStack ended", () -> !process.isAlive())
                    .until(() -> {
                        sdk().s3().listBuckets();
                        return true;
                    });
            try (OutputStream out = Files.newOutputStream(trust)) {
                Sdk.trustStore(certificate).store(out, TRUST_PASSWORD.toCharArray());
            }
        } catch (Exception e) {
            String log = Files.readString(LOG);
            close();
            throw new IllegalStateException("MiniStack did not start: " + log, e);
        }
    }

    private Sdk sdk() {
        return new Sdk(environment);
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    boolean enforcesPolicies() {
        return true;
    }

    /// Deploys, and sets the concurrency of event source mappings as a number: MiniStack keeps the value of a
    /// template's parameter as text, and then reads no queue.
    @Override
    void deploy(UnaryOperator<String> change, Map<String, String> parameters) throws Exception {
        super.deploy(change, parameters);
        LambdaClient lambda = sdk().lambda();
        for (EventSourceMappingConfiguration mapping :
                lambda.listEventSourceMappingsPaginator().eventSourceMappings()) {
            if (mapping.scalingConfig() != null) {
                lambda.updateEventSourceMapping(
                        update -> update.uuid(mapping.uuid()).scalingConfig(mapping.scalingConfig()));
            }
        }
    }

    @Override
    Path packaged(String template) throws IOException {
        Path folder = home.resolve("deployed");
        Files.createDirectories(folder);
        for (String zip : zips()) {
            Path packaged = folder.resolve(zip);
            if (!Files.exists(packaged)) {
                Files.createDirectories(packaged.getParent());
                Files.copy(ROOT.resolve(zip), packaged);
                addRuntime(packaged);
            }
        }
        String runnable = replaced(template, "Runtime: java25", "Runtime: provided.al2023");
        runnable = replaced(runnable, "Architectures: [arm64]", "Architectures: [x86_64]");
        Files.writeString(folder.resolve("template.yaml"), runnable);
        return folder;
    }

    private static void addRuntime(Path zip) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("noCompression", true))) {
            Files.writeString(files.getPath("bootstrap"), BOOTSTRAP);
            for (Path jar : jars()) {
                Path added = files.getPath("lib", String.valueOf(jar.getFileName()));
                Files.copy(jar, added, StandardCopyOption.REPLACE_EXISTING);
                if (added.toString().contains("runtime-interface-client")) {
                    try (FileSystem client = FileSystems.newFileSystem(jar)) {
                        Files.copy(
                                client.getPath(
                                        "jni/libaws-lambda-jni.linux-%s.so".formatted(isArm() ? "aarch_64" : "x86_64")),
                                files.getPath("runtime.so"));
                    }
                }
            }
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(ROOT.resolve("deployed/target/runtime"))) {
            return jars.toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> functions = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        functions.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println(home + " could not be removed: " + e);
        }
    }

    @Override
    public String toString() {
        return "ministack";
    }
}
