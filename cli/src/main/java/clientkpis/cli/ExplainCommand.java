package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.ClientPage;
import clientkpis.cli.output.Output;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.ClientIdMatch;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kpis explain`: shows one client's page.
@Command(
        name = "explain",
        description = {
            "Prints one client's page: each field with its value, source and formula; how the SenseScore was"
                    + " calculated; the history; the situation with both sides of each comparison; its changes so far.",
            ""
        },
        exitCodeList = {"0:the client was found", "1:there is no such client", "2:wrong usage", "3:the command failed"})
final class ExplainCommand implements Callable<Integer> {
    private static final int SIMILAR = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "The client's id, as in clients.jsonl.")
    private String clientId = "";

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "The folder that `kpis run` wrote. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("out");

    @Override
    public Integer call() throws IOException {
        for (String name : List.of(Output.CLIENTS, Output.DETAILS, Output.EVENTS)) {
            if (!Files.isRegularFile(out.resolve(name))) {
                throw new UsageException(
                        "%s has no %s. Give the folder that kpis run wrote, with --out.".formatted(out, name));
            }
        }
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        JsonNode client = client(clientId);
        if (client == null) {
            // However the id is punctuated.
            clientId = ClientIdMatch.CNPJ_CPF.id(clientId);
            client = client(clientId);
        }
        if (client == null) {
            client = first(Output.CLIENTS, this::isAlias);
        }
        if (client == null) {
            nobody(spec.commandLine().getErr());
            return Kpis.REJECTED;
        }
        clientId = client.path("clientId").asText();
        JsonNode details =
                first(Output.DETAILS, json -> json.path("clientId").asText().equals(clientId));
        new ClientPage(to).print(client, details, changes());
        to.flush();
        return 0;
    }

    private @Nullable JsonNode client(String id) throws IOException {
        return first(Output.CLIENTS, json -> json.path("clientId").asText().equals(id));
    }

    private boolean isAlias(JsonNode client) {
        String form = AliasForm.of(clientId);
        return Stream.of(client.path("aliases").asText().split("; ", -1))
                .anyMatch(alias -> !alias.isEmpty() && AliasForm.of(alias).equals(form));
    }

    private void nobody(PrintWriter to) throws IOException {
        to.println("There is no client %s in %s.".formatted(Terminal.safe(clientId), out));
        String digits = AliasForm.likeness(clientId);
        String text = Texts.fold(clientId);
        List<String> similar = new ArrayList<>();
        forEach(Output.CLIENTS, json -> {
            String id = json.path("clientId").asText();
            String name = json.path("name").asText();
            if (similar.size() < SIMILAR
                    && (AliasForm.likeness(id).equals(digits)
                            || Texts.fold(name).contains(text))) {
                similar.add(id + "  " + name);
            }
        });
        if (!similar.isEmpty()) {
            to.println("Similar clients:");
            similar.forEach(one -> to.println("  " + Terminal.safe(one)));
        }
        to.flush();
    }

    /// This client's changes of situation, in order; a change that was published twice is there once.
    private List<JsonNode> changes() throws IOException {
        SortedMap<Long, JsonNode> changes = new TreeMap<>();
        forEach(Output.EVENTS, event -> {
            JsonNode detail = event.path("detail");
            if (event.path("detail-type").asText().equals("SituationChanged")
                    && detail.path("clientId").asText().equals(clientId)) {
                changes.putIfAbsent(detail.path("version").asLong(), detail);
            }
        });
        return List.copyOf(changes.values());
    }

    /// The first line of a file that matches. Only one line is in memory at a time.
    private @Nullable JsonNode first(String name, Predicate<JsonNode> matching) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(out.resolve(name))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = Results.JSON.readTree(line);
                if (matching.test(json)) {
                    return json;
                }
            }
        }
        return null;
    }

    private void forEach(String name, java.util.function.Consumer<JsonNode> line) throws IOException {
        first(name, json -> {
            line.accept(json);
            return false;
        });
    }
}
