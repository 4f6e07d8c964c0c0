package clientkpis.function;

import clientkpis.aws.Backoff;
import clientkpis.aws.MessageQueue;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.message.ScoreMessage;
import clientkpis.store.AliasStore;
import clientkpis.store.ClientIds;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.upload.Document;
import clientkpis.upload.Upload;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What happens to rows that are stored already: their timelines are sent once more, or they move to another client.
///
/// @param <R> one row of the family's table
final class StoredRows<R> {
    private final FamilyDocuments<R> family;
    private final RecordStore records;
    private final ClientIds ids;
    private final MessageQueue score;
    private final AliasStore aliases;

    StoredRows(FamilyDocuments<R> family, Stack stack) {
        this.family = family;
        records = stack.records();
        ids = stack.clientIds();
        score = stack.scoreQueue();
        aliases = stack.aliases();
    }

    /// Moves what is stored under aliases to their clients, and sends the timelines of both to `score`, also of what an
    /// earlier attempt moved.
    ///
    /// @param day from which the rows are the clients'; null if it is not known
    void move(Tenant tenant, ZoneId zone, @Nullable LocalDate day, List<String> some) {
        Set<String> concerned = new TreeSet<>(CodePoints.ORDER);
        for (String alias : some) {
            for (int attempt = 1; ; attempt++) {
                String client = Objects.requireNonNull(
                        aliases.clientsOf(tenant, List.of(alias)).get(alias));
                Map<String, PackedDocument> stored =
                        records.read(tenant, family.schema().name(), List.of(alias, client));
                RecordStore.Stored from = records.unpack(Objects.requireNonNull(stored.get(alias)));
                concerned.addAll(List.of(alias, client));
                if (client.equals(alias) || from.document().rows().isEmpty()) {
                    break;
                }
                RecordStore.Stored to = records.unpack(Objects.requireNonNull(stored.get(client)));
                if (records.move(
                        tenant,
                        family.schema().name(),
                        from,
                        to,
                        merged -> family.behind(family.read(merged), dayOf(merged, zone, day)))) {
                    ids.firstBrought(
                            tenant,
                            List.of(client),
                            String.valueOf(from.document().lastUpload()));
                    break;
                }
                Backoff.pause(attempt);
            }
        }
        resend(tenant, zone, day, List.copyOf(concerned));
    }

    /// Sends the timelines of some clients to `score` once more, as the upload sent them that changed each last.
    void resend(Tenant tenant, ZoneId zone, List<String> clients) {
        resend(tenant, zone, null, clients);
    }

    private void resend(Tenant tenant, ZoneId zone, @Nullable LocalDate notBefore, List<String> clients) {
        Map<String, ScoreMessage> messages = new TreeMap<>();
        records.read(tenant, family.schema().name(), clients).values().stream()
                .map(packed -> records.unpack(packed).document())
                .filter(document -> document.lastUpload() != null)
                .forEach(document -> {
                    String upload = String.valueOf(document.lastUploadId());
                    LocalDate day = dayOf(document, zone, notBefore);
                    Map<String, Client.Facet> facet = Map.of(document.clientId(), family.facet(document, day));
                    messages.merge(
                            upload,
                            new ScoreMessage(
                                    tenant,
                                    family.schema().name(),
                                    day,
                                    String.valueOf(document.lastUpload()),
                                    upload,
                                    facet),
                            ScoreMessage::and);
                });
        messages.values().forEach(message -> score.send(message.bodies()));
    }

    /// The day of the upload that changed it last, or a later one.
    private static LocalDate dayOf(Document document, ZoneId zone, @Nullable LocalDate notBefore) {
        LocalDate day = Upload.dayOf(String.valueOf(document.lastUploadId()), zone);
        return notBefore != null && notBefore.isAfter(day) ? notBefore : day;
    }
}
