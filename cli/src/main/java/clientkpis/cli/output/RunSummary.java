package clientkpis.cli.output;

import clientkpis.cli.input.Exports;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run prints at its end.
///
/// @param receipts one per upload
/// @param rejectedConfigurations configurations that were not activated
/// @param clients how many clients are in each situation
/// @param suggested which clients are not in the registry, and who they probably are
/// @param changes how many changes of situation were published
/// @param isReported whether there is a report
public record RunSummary(
        Exports exports,
        List<ReceiptFile> receipts,
        List<RejectedConfiguration> rejectedConfigurations,
        List<Erasure> erasures,
        Map<String, Integer> clients,
        SuggestedAliases suggested,
        int changes,
        boolean isReported) {
    private static final int LISTED = 5;

    /// A receipt and its place in the output.
    record ReceiptFile(String path, Receipt receipt) {
        boolean isApplied() {
            return receipt.status() == Receipt.Status.APPLIED;
        }

        boolean isQuarantined() {
            return receipt.status() == Receipt.Status.QUARANTINED;
        }

        boolean isConfirmedSnapshot() {
            return isApplied() && receipt.object().contains(Rejections.SNAPSHOT + "confirm/");
        }
    }

    /// A list of clients to erase.
    ///
    /// @param path of its receipt in the output
    /// @param reason why nobody was erased; null when the list was carried out
    record Erasure(
            String path, long listed, long erased, @Nullable String reason) {}

    /// @param time of the event
    /// @param problems each with its JSON Pointer
    record RejectedConfiguration(String time, List<String> problems) {}

    public boolean hasRejectedFiles() {
        return !rejectedConfigurations.isEmpty()
                || receipts.stream().anyMatch(this::isRejected)
                || erasures.stream().anyMatch(erasure -> erasure.reason() != null);
    }

    /// Whether nothing of a file was applied, and nobody has said since that it is as it should be: a snapshot in
    /// quarantine is settled by a later confirmed one of its table.
    private boolean isRejected(ReceiptFile file) {
        return file.receipt().status() == Receipt.Status.REJECTED
                || (file.isQuarantined() && receipts.stream().noneMatch(later -> confirms(later, file)));
    }

    private static boolean confirms(ReceiptFile later, ReceiptFile file) {
        return later.isConfirmedSnapshot()
                && Objects.equals(later.receipt().table(), file.receipt().table())
                && later.receipt().upload().compareTo(file.receipt().upload()) > 0;
    }

    /// Prints it in lines for people.
    ///
    /// @param out the folder of the output, as the user gave it
    public void print(PrintWriter to, Path out, Duration time) {
        to.println();
        line(to, "Days", days());
        line(to, "Files", files());
        line(to, "Rows", rows());
        line(to, "Clients", situations());
        line(to, "Changes", count(changes, "change") + " of situation published");
        line(to, "Time", String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0));
        line(to, "Output", out.toString());
        line(
                to,
                "Report",
                isReported
                        ? out.resolve(Output.REPORT).resolve("index.html").toString()
                        : "none, because no file was applied");
        registry(to, out);
        snapshots(to, out);
        erasures(to, out);
        leftOut(to);
        Rejections rejections = new Rejections(exports, out);
        new WarningList(receipts).print(to, out, rejections);
        rejectedRows(to, out);
        rejections.print(
                to,
                rejectedConfigurations,
                receipts.stream().filter(this::isRejected).toList());
        to.flush();
    }

    private static void line(PrintWriter to, String what, String text) {
        to.printf(Locale.ROOT, "%-9s %s%n", what, text);
    }

    private String days() {
        LocalDate first = exports.days().getFirst().date();
        LocalDate last = exports.days().getLast().date();
        return first.equals(last)
                ? first.toString()
                : "%d, %s to %s".formatted(exports.days().size(), first, last);
    }

    private String files() {
        long rejected = receipts.stream().filter(this::isRejected).count();
        long applied = receipts.stream().filter(ReceiptFile::isApplied).count();
        long confirmed = receipts.size() - applied - rejected;
        int uploads = receipts.size();
        return "%s%s: %s applied, %s rejected%s"
                .formatted(
                        grouped(exports.files()),
                        uploads == exports.files() ? "" : ", %s uploads".formatted(grouped(uploads)),
                        grouped(applied),
                        grouped(rejected),
                        confirmed == 0 ? "" : ", %s confirmed later".formatted(grouped(confirmed)));
    }

    private String rows() {
        return "%s: %s stored, %s unchanged, %s outdated, %s repeated, %s rejected"
                .formatted(
                        sum(Receipt.Rows::read),
                        sum(rows -> Objects.requireNonNullElse(rows.stored(), 0L)),
                        sum(rows -> Objects.requireNonNullElse(rows.unchanged(), 0L)),
                        sum(rows -> Objects.requireNonNullElse(rows.outdated(), 0L)),
                        sum(Receipt.Rows::repeated),
                        sum(Receipt.Rows::rejected));
    }

    private void snapshots(PrintWriter to, Path out) {
        for (ReceiptFile file : receipts) {
            Receipt.@Nullable Rows rows = file.receipt().rows();
            if (file.isConfirmedSnapshot() && rows != null) {
                long removed = Objects.requireNonNullElse(rows.removed(), 0L);
                line(
                        to,
                        "Snapshot",
                        "%s: removed %s of the table %s, as confirmed"
                                .formatted(
                                        new Rejections(exports, out).path(file.receipt()),
                                        count(removed, "row"),
                                        file.receipt().table()));
            }
        }
    }

    private void erasures(PrintWriter to, Path out) {
        for (Erasure erasure : erasures) {
            String what = erasure.reason() == null
                    ? "%s of %s erased, %s not found"
                            .formatted(
                                    grouped(erasure.erased()),
                                    count(erasure.listed(), "listed client"),
                                    grouped(erasure.listed() - erasure.erased()))
                    : "nobody was erased: " + erasure.reason();
            line(to, "Erasure", "%s; %s".formatted(what, out.resolve(erasure.path())));
        }
    }

    private void leftOut(PrintWriter to) {
        exports.leftOut()
                .forEach(left -> line(to, "Left out", "%s: %s".formatted(Terminal.safe(left.path()), left.why())));
    }

    private String sum(ToLongFunction<Receipt.Rows> count) {
        return grouped(receipts.stream()
                .map(file -> file.receipt().rows())
                .filter(Objects::nonNull)
                .mapToLong(count)
                .sum());
    }

    private String situations() {
        int all = clients.values().stream().mapToInt(Integer::intValue).sum();
        String each = clients.entrySet().stream()
                .map(entry -> grouped(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return each.isEmpty() ? grouped(all) : grouped(all) + ": " + each;
    }

    /// By reason, the receipts with the most rows first. A row with two problems counts for both.
    private void rejectedRows(PrintWriter to, Path out) {
        record Place(long count, String path) {}
        TreeMap<String, List<Place>> byCode = new TreeMap<>();
        for (ReceiptFile file : receipts) {
            Receipt.@Nullable Problems problems = file.receipt().problems();
            if (problems != null && file.isApplied()) {
                problems.byCode().forEach((code, count) -> {
                    // A conflicting row is not rejected.
                    if (!code.equals(RowCode.CONFLICTING.label())) {
                        byCode.computeIfAbsent(code, c -> new ArrayList<>()).add(new Place(count, file.path()));
                    }
                });
            }
        }
        if (byCode.isEmpty()) {
            return;
        }
        to.println();
        to.println("Rejected rows, by reason, with the receipt to open");
        byCode.forEach((code, places) -> {
            places.sort(Comparator.comparingLong(Place::count).reversed());
            places.stream()
                    .limit(LISTED)
                    .forEach(place -> to.printf(
                            Locale.ROOT, "  %6s  %-20s %s%n", grouped(place.count()), code, out.resolve(place.path())));
            if (places.size() > LISTED) {
                to.printf(
                        Locale.ROOT,
                        "  %6s  %-20s in %d more receipts%n",
                        grouped(places.stream()
                                .skip(LISTED)
                                .mapToLong(Place::count)
                                .sum()),
                        code,
                        places.size() - LISTED);
            }
        });
    }

    /// A client that is not in the registry is probably one that is, under another id.
    private void registry(PrintWriter to, Path out) {
        if (suggested.notRegistered() == 0) {
            return;
        }
        String what = "%s of %s %s not in the registry"
                .formatted(
                        grouped(suggested.notRegistered()),
                        count(suggested.clients(), "client"),
                        suggested.notRegistered() == 1 ? "is" : "are");
        int probable = suggested.aliases().size();
        line(
                to,
                "Registry",
                probable == 0
                        ? what
                        : "%s; %s probably clients that are. Look at %s, then put it in as a file aliases.csv"
                                .formatted(
                                        what,
                                        grouped(probable) + (probable == 1 ? " is" : " are"),
                                        out.resolve(Output.SUGGESTED_ALIASES)));
    }

    private static String count(long count, String what) {
        return grouped(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
