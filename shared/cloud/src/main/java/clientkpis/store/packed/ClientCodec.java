package clientkpis.store.packed;

import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client as bytes, deflated: everything but its item's key, `version` and `asOf`. First what most clients have in
/// common, which the dictionary makes small. Days are distances from `asOf`.
public final class ClientCodec {
    static final byte[] DICTIONARY = dictionary();

    private ClientCodec() {}

    /// The words of the dictionary as texts, the likeliest last. No word of it ever changes, nor how a text is written:
    /// another dictionary needs another format of the item.
    private static byte[] dictionary() {
        try (InputStream words = ClientCodec.class.getResourceAsStream("client-2.dictionary")) {
            PackedWriter out = new PackedWriter();
            String text = new String(Objects.requireNonNull(words).readAllBytes(), StandardCharsets.UTF_8);
            for (String word : text.strip().split("\\s+", -1)) {
                out.text(word);
            }
            return out.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param key under which the client is stored: its id, or what is left of a long one
    public static byte[] write(Client client, LocalDate asOf, String key) {
        Days days = new Days(asOf);
        PackedWriter out = new PackedWriter();
        FacetsCodec.write(out, client.facets(), days);
        Scores scores = client.scores();
        ScoreCodec.write(out, scores.senseScore());
        ScoreCodec.write(out, scores.before());
        out.text(client.clientId().equals(key) ? null : client.clientId())
                .number(client.configurationVersion())
                .decimal(client.engagementScore());
        days.write(out, client.firstMrrOn());
        write(out, client.standing(), days);
        write(out, client.tenure(), days);
        out.number(client.ruled().size());
        new TreeMap<>(client.ruled())
                .forEach((field, given) ->
                        out.text(field).number(given.position()).text(given.value()));
        HistoryCodec.write(out, scores.senseScoreHistory(), days);
        HistoryCodec.write(out, scores.engagementHistory(), days);
        return out.packed(DICTIONARY);
    }

    public static Client read(byte[] packed, LocalDate asOf, String key, long version) {
        Days days = new Days(asOf);
        PackedReader in = new PackedReader(packed, DICTIONARY);
        Map<String, Client.Facet> facets = FacetsCodec.read(in, days);
        var score = ScoreCodec.read(in);
        var before = ScoreCodec.read(in);
        String clientId = Objects.requireNonNullElse(in.textOrNull(), key);
        long configuration = in.number();
        var engagement = in.decimal();
        LocalDate firstMrrOn = days.readOrNull(in);
        Standing standing = standing(in, days);
        Tenure tenure = tenure(in, days);
        Map<String, Rules.Given> ruled = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            ruled.put(in.text(), new Rules.Given(in.count(), in.text()));
        }
        Scores scores = new Scores(score, before, HistoryCodec.read(in, days), HistoryCodec.read(in, days));
        return new Client(
                clientId,
                version,
                asOf,
                facets,
                engagement,
                scores,
                standing,
                ruled,
                configuration,
                firstMrrOn,
                tenure);
    }

    /// What is deflated, which has every text as it is.
    public static byte[] unpacked(byte[] packed) {
        return new PackedReader(packed, DICTIONARY).all();
    }

    private static void write(PackedWriter out, Standing standing, Days days) {
        out.word(label(standing.situation())).word(label(standing.calculated())).number(standing.version());
        List<Standing.Transition> transitions = standing.transitions();
        out.number(transitions.size());
        transitions.forEach(transition -> days.write(out, transition.day()));
        transitions.forEach(transition -> out.word(transition.cause()));
        transitions.forEach(transition -> out.word(label(transition.to())));
        transitions.forEach(transition -> out.word(label(transition.from())));
    }

    private static Standing standing(PackedReader in, Days days) {
        Situation situation = situation(in);
        Situation calculated = situation(in);
        long version = in.number();
        int size = in.count();
        List<LocalDate> on = in.several(size, days::read);
        List<String> causes = in.several(size, PackedReader::word);
        List<String> to = in.several(size, PackedReader::word);
        List<Standing.Transition> transitions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            transitions.add(
                    new Standing.Transition(on.get(i), situation(in), Situation.labelled(to.get(i)), causes.get(i)));
        }
        return new Standing(situation, calculated, version, transitions);
    }

    private static @Nullable String label(@Nullable Situation situation) {
        return situation == null ? null : situation.label();
    }

    private static @Nullable Situation situation(PackedReader in) {
        String label = in.wordOrNull();
        return label == null ? null : Situation.labelled(label);
    }

    /// Since when, returned on; and of one that left from, notice, churned at, whether inactive.
    private static void write(PackedWriter out, Tenure tenure, Days days) {
        days.write(out, tenure.since());
        days.write(out, tenure.returnedOn());
        Tenure.Left left = tenure.left();
        days.write(out, left == null ? null : left.from());
        if (left != null) {
            days.write(out, left.notice());
            days.write(out, left.churnedAt());
            out.number(left.inactive() ? 1 : 0);
        }
    }

    private static Tenure tenure(PackedReader in, Days days) {
        LocalDate since = days.readOrNull(in);
        LocalDate returnedOn = days.readOrNull(in);
        LocalDate from = days.readOrNull(in);
        if (from == null) {
            return new Tenure(since, returnedOn, null);
        }
        LocalDate notice = days.readOrNull(in);
        LocalDate churnedAt = days.readOrNull(in);
        return new Tenure(since, returnedOn, new Tenure.Left(from, notice, in.number() == 1, churnedAt));
    }
}
