package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/// What would change a client's SenseScore, as text for people.
final class WouldChangeText {
    private WouldChangeText() {}

    /// @param wouldChange as the client's details have it; missing where nothing would change the score
    static void print(JsonNode wouldChange, PrintWriter to, FieldText shown) {
        Words words = shown.words();
        if (wouldChange.isMissingNode()) {
            return;
        }
        to.printf("%n%s%n", words.say("change.title"));
        JsonNode step = wouldChange.path("nextBand");
        if (!step.isMissingNode()) {
            to.printf(
                    "  %s%n",
                    words.say(
                            "change.step",
                            words.term(step.path("band").asText()),
                            Terminal.safe(step.path("field").asText()),
                            shown.field(step.path("field").asText(), step.path("from")),
                            shown.field(step.path("field").asText(), step.path("to")),
                            shown.number(step.path("score"))));
        }
        for (JsonNode healthy : wouldChange.path("healthy")) {
            to.printf(
                    "  %-20s %s%n",
                    Terminal.safe(healthy.path("indicator").asText()),
                    words.say(
                            "change.healthy",
                            shown.number(healthy.path("score")),
                            words.term(healthy.path("band").asText())));
        }
    }
}
