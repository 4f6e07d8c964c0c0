package clientkpis.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A cloud to which AWS SAM deploys the repository's `template.yaml` with its `samconfig.toml`, as to AWS.
abstract class SamTestCloud implements TestCloud {
    static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));

    /// Where `.ci/tools/install` put SAM and MiniStack.
    private static final Optional<Path> TOOLS =
            Optional.ofNullable(System.getenv("CLOUD_TOOLS")).map(Path::of);

    private static final String STACK_NAME = "--stack-name";

    private final String stack;

    SamTestCloud(String stack) {
        this.stack = stack;
    }

    static Path sam() {
        return tool("sam/bin/sam");
    }

    /// A program among the tools.
    static Path tool(String program) {
        return TOOLS.orElseThrow().resolve(program);
    }

    /// What is missing, for [Clouds#absent].
    static Optional<String> missingTools() {
        return TOOLS.isPresent()
                ? Optional.empty()
                : Optional.of("It needs the tools of this: export CLOUD_TOOLS=\"$(.ci/tools/install)\"");
    }

    /// Whether policies are enforced here for roles and users.
    abstract boolean enforcesPolicies();

    /// The folder from which a template is deployed, with the functions' zips where the template expects them.
    abstract Path packaged(String template) throws IOException;

    /// Deploys the template, or updates the stack.
    ///
    /// @param change what this test changes in the template
    /// @param parameters values of the template's parameters, over their defaults
    void deploy(UnaryOperator<String> change, Map<String, String> parameters) throws Exception {
        Path folder = packaged(change.apply(Files.readString(ROOT.resolve("template.yaml"))));
        deploy(folder.resolve("template.yaml"), stack, parameters);
    }

    /// Deploys any template as a stack of the given name.
    void deploy(Path template, String name, Map<String, String> parameters) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "deploy",
                "--template-file",
                template.toString(),
                STACK_NAME,
                name,
                "--config-file",
                ROOT.resolve("samconfig.toml").toString(),
                "--no-progressbar"));
        if (!parameters.isEmpty()) {
            arguments.add("--parameter-overrides");
            parameters.forEach((key, value) -> arguments.add(key + "=" + value));
        }
        sam(template.getParent(), arguments);
    }

    /// Deletes a stack. What its template retains stays.
    void delete(String name) throws Exception {
        sam(ROOT, List.of("delete", STACK_NAME, name, "--no-prompts"));
    }

    /// Starts a Python program against this cloud, with boto3.
    Process python(Path program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(tool("ministack/bin/python").toString(), program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        // The one that boto3 reads.
        builder.environment().put("AWS_DEFAULT_REGION", environment().get("AWS_REGION"));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Override
    public String stack() {
        return stack;
    }

    @Override
    public Map<String, String> outputs() {
        return outputs(stack);
    }

    Map<String, String> outputs(String name) {
        try {
            Map<String, String> outputs = new HashMap<>();
            String json = sam(ROOT, List.of("list", "stack-outputs", STACK_NAME, name, "--output", "json"));
            for (JsonNode output : new ObjectMapper().readTree(json)) {
                outputs.put(
                        output.path("OutputKey").asText(),
                        output.path("OutputValue").asText());
            }
            return outputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private String sam(Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(sam().toString()));
        command.addAll(arguments);
        command.addAll(List.of("--region", environment().get("AWS_REGION")));
        Path errors = Files.createTempFile("sam", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment());
        builder.environment().put("SAM_CLI_TELEMETRY", "0");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String complaints = Files.readString(errors);
        Files.delete(errors);
        if (exit != 0) {
            throw new IllegalStateException(
                    "%s ended with %d: %s%s".formatted(String.join(" ", command), exit, printed, complaints));
        }
        return printed;
    }

    /// Whether this machine has an ARM processor, which the template's functions ask for.
    static boolean isArm() {
        return List.of("aarch64", "arm64").contains(System.getProperty("os.arch"));
    }

    /// Whether a stack with this name exists.
    boolean exists(String name) {
        try {
            outputs(name);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /// A folder with a template, and with links to the functions' zips as they were built.
    static Path packagedAsItIs(String template, String folder) {
        try {
            Path deployed =
                    Files.createDirectories(ROOT.resolve("deployed/target").resolve(folder));
            for (String zip : zips()) {
                Path link = deployed.resolve(zip);
                Files.createDirectories(link.getParent());
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, ROOT.resolve(zip));
            }
            Files.writeString(deployed.resolve("template.yaml"), template);
            return deployed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String replaced(String template, String what, String by) {
        if (!template.contains(what)) {
            throw new IllegalStateException("The template does not contain " + what);
        }
        return template.replace(what, by);
    }

    /// The functions' zips as they were built, by their paths in the repository, which the template names.
    static List<String> zips() throws IOException {
        try (Stream<Path> functions = Files.list(ROOT.resolve("functions"))) {
            return functions
                    .map(function -> function.resolve("target/function.zip"))
                    .filter(Files::exists)
                    .map(zip -> ROOT.relativize(zip).toString())
                    .toList();
        }
    }
}
