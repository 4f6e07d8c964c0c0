package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/// How one client's MRR moved in each closed month, as text for people.
public final class ClientMoney {
    private final PrintWriter to;
    private final Words words;
    private final FieldText shown;

    /// @param currency of the tenant's amounts
    public ClientMoney(PrintWriter to, Words words, Currency currency) {
        this.to = to;
        this.words = words;
        shown = new FieldText(words, currency);
    }

    /// @param client its line in the client table
    /// @param movements its lines of `movements.jsonl`
    public void print(JsonNode client, List<JsonNode> movements) {
        to.printf(
                "%n%s%n",
                words.say(
                        "money.title",
                        client.has("firstMrrOn")
                                ? words.say(
                                        "money.first", client.path("firstMrrOn").asText())
                                : "",
                        movements.isEmpty() ? words.say("money.none") : ""));
        for (JsonNode movement : movements) {
            to.printf(
                    Locale.ROOT,
                    "  %s  %-12s  %14s -> %14s%n",
                    movement.path("month").asText(),
                    words.term(movement.path("movement").asText()),
                    shown.money(movement.path("start")),
                    shown.money(movement.path("end")));
        }
    }
}
