package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.ClientMoney;
import clientkpis.cli.output.ClientPage;
import clientkpis.cli.output.Output;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.kpi.configuration.Configuration;
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
            "Prints one client's page: each field with its value, source and formula; the records behind the"
                    + " fields; how the SenseScore was calculated, and what would change it; the history; the situation"
                    + " with both sides of each comparison; its changes so far; how its MRR moved by month.",
            ""
        },
        exitCodeList = {"0:the client was found", "1:there is no such client", "2:wrong usage", "3:the command failed"})
final class ExplainCommand implements Callable<Integer> {
    /// Of one alias, as long as it may be.
    private static final int PIECES = 128;

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
                throw new UsageException(Words.of("explain.no_file", out, name));
            }
        }
        // A run of an older version wrote none.
        JsonNode tenant = Files.exists(out.resolve(Output.TENANT))
                ? Results.JSON.readTree(out.resolve(Output.TENANT).toFile())
                : Json.object();
        Configuration configuration = ConfigurationJson.read(tenant);
        Words words = Kpis.words(spec, tenant.has("language") ? configuration.language() : null);
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        JsonNode client = client(clientId);
        if (client == null) {
            // However the id is punctuated.
            clientId = ClientIdMatch.CNPJ_CPF.id(clientId);
            client = client(clientId);
        }
        if (client == null) {
            client = first(Output.CLIENTS, json -> isAlias(json, 1));
        }
        if (client == null) {
            client = first(Output.CLIENTS, json -> isAlias(json, PIECES));
        }
        if (client == null) {
            nobody(spec.commandLine().getErr(), words);
            return Kpis.REJECTED;
        }
        clientId = client.path("clientId").asText();
        // A run of an older version wrote none.
        JsonNode records = Files.exists(out.resolve(Output.RECORDS)) ? own(Output.RECORDS) : null;
        new ClientPage(to, words, configuration.currency()).print(client, own(Output.DETAILS), records, changes());
        new ClientMoney(to, words, configuration.currency()).print(client, movements());
        to.flush();
        return 0;
    }

    /// The client's line in a file, or null.
    private @Nullable JsonNode own(String name) throws IOException {
        return first(name, json -> json.path("clientId").asText().equals(clientId));
    }

    private @Nullable JsonNode client(String id) throws IOException {
        return first(Output.CLIENTS, json -> json.path("clientId").asText().equals(id));
    }

    /// @param most of how many pieces between separators an alias may be: it may have a separator in itself
    private boolean isAlias(JsonNode client, int most) {
        String form = AliasForm.of(clientId);
        List<String> pieces = List.of(client.path("aliases").asText().split("; ", -1));
        for (int from = 0; from < pieces.size(); from++) {
            for (int to = from + 1; to <= Math.min(from + most, pieces.size()); to++) {
                String alias = String.join("; ", pieces.subList(from, to));
                if (!alias.isEmpty() && AliasForm.of(alias).equals(form)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void nobody(PrintWriter to, Words words) throws IOException {
        to.println(words.say("explain.nobody", Terminal.safe(clientId), out));
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
            to.println(words.say("explain.similar"));
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

    /// This client's movements of MRR, in the order of their months; none where an older version wrote the folder.
    private List<JsonNode> movements() throws IOException {
        List<JsonNode> movements = new ArrayList<>();
        if (Files.isRegularFile(out.resolve(Output.MOVEMENTS))) {
            forEach(Output.MOVEMENTS, line -> {
                if (line.path("clientId").asText().equals(clientId)) {
                    movements.add(line);
                }
            });
        }
        return movements;
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
