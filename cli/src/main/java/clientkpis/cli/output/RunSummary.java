package clientkpis.cli.output;

import clientkpis.cli.input.Exports;
import clientkpis.cli.words.Words;
import clientkpis.export.PortfolioCount;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.tables.Membership;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run prints at its end.
///
/// @param receipts one per upload
/// @param rejectedConfigurations configurations that were not activated
/// @param clients how many clients the portfolio has
/// @param suggested which clients are not in the registry, and who they probably are
/// @param changes how many changes of situation were published
/// @param isReported whether there is a report
public record RunSummary(
        Exports exports,
        List<ReceiptFile> receipts,
        List<Exports.RejectedConfiguration> rejectedConfigurations,
        List<Erasure> erasures,
        PortfolioCount clients,
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
    /// @param since the first day that was reconstructed; null for none
    public void print(PrintWriter to, Path out, @Nullable LocalDate since, Duration time, Words words) {
        to.println();
        line(to, words.say("run.days"), days(words));
        if (since != null) {
            LocalDate until = exports.days().getFirst().date().minusDays(1);
            line(to, words.say("run.history"), words.say("run.reconstructed", since, until));
        }
        line(to, words.say("run.files"), files(words));
        line(to, words.say("run.rows"), rows(words));
        line(to, words.say("run.clients"), situations(words));
        line(to, words.say("run.changes"), words.say("run.published", words.count(changes, "count.change")));
        line(
                to,
                words.say("run.time"),
                String.format(Locale.forLanguageTag(words.language().tag()), "%.1f s", time.toMillis() / 1000.0));
        line(to, words.say("run.output"), out.toString());
        line(
                to,
                words.say("run.report"),
                isReported ? out.resolve(Output.REPORT).resolve("index.html").toString() : words.say("run.no_report"));
        registry(to, out, words);
        snapshots(to, out, words);
        erasures(to, out, words);
        leftOut(to, words);
        Rejections rejections = new Rejections(exports, out, words);
        new WarningList(receipts).print(to, out, rejections);
        rejectedRows(to, out, words);
        rejections.print(
                to,
                rejectedConfigurations,
                receipts.stream().filter(this::isRejected).toList());
        to.flush();
    }

    private static void line(PrintWriter to, String what, String text) {
        to.printf(Locale.ROOT, "%-9s %s%n", what, text);
    }

    private String days(Words words) {
        LocalDate first = exports.days().getFirst().date();
        LocalDate last = exports.days().getLast().date();
        return first.equals(last)
                ? first.toString()
                : words.say("run.days_from_to", exports.days().size(), first, last);
    }

    private String files(Words words) {
        long rejected = receipts.stream().filter(this::isRejected).count();
        long applied = receipts.stream().filter(ReceiptFile::isApplied).count();
        long confirmed = receipts.size() - applied - rejected;
        int uploads = receipts.size();
        return words.say(
                "run.files_are",
                words.number(exports.files()),
                uploads == exports.files() ? "" : ", " + words.count(uploads, "count.upload"),
                words.count(applied, "count.applied"),
                words.count(rejected, "count.rejected_file"),
                confirmed == 0 ? "" : ", " + words.count(confirmed, "count.confirmed_later"));
    }

    private String rows(Words words) {
        return words.say(
                "run.rows_are",
                words.number(sum(Receipt.Rows::read)),
                words.count(sum(rows -> Objects.requireNonNullElse(rows.stored(), 0L)), "count.stored"),
                words.count(sum(rows -> Objects.requireNonNullElse(rows.unchanged(), 0L)), "count.unchanged"),
                words.count(sum(rows -> Objects.requireNonNullElse(rows.outdated(), 0L)), "count.outdated"),
                words.count(sum(Receipt.Rows::repeated), "count.repeated"),
                words.count(sum(Receipt.Rows::rejected), "count.rejected_row"));
    }

    private void snapshots(PrintWriter to, Path out, Words words) {
        for (ReceiptFile file : receipts) {
            Receipt.@Nullable Rows rows = file.receipt().rows();
            if (file.isConfirmedSnapshot() && rows != null) {
                long removed = Objects.requireNonNullElse(rows.removed(), 0L);
                line(
                        to,
                        words.say("run.snapshot"),
                        words.say(
                                "run.removed",
                                new Rejections(exports, out, words).path(file.receipt()),
                                words.count(removed, "count.row"),
                                String.valueOf(file.receipt().table())));
            }
        }
    }

    private void erasures(PrintWriter to, Path out, Words words) {
        for (Erasure erasure : erasures) {
            String reason = erasure.reason();
            String what = reason == null
                    ? words.say(
                            "run.erased",
                            words.number(erasure.erased()),
                            words.count(erasure.listed(), "count.listed"),
                            words.number(erasure.listed() - erasure.erased()))
                    : words.say("run.nobody_erased", reason);
            line(to, words.say("run.erasure"), "%s; %s".formatted(what, out.resolve(erasure.path())));
        }
    }

    private void leftOut(PrintWriter to, Words words) {
        exports.leftOut()
                .forEach(left -> line(
                        to,
                        words.say("run.left_out"),
                        "%s: %s".formatted(Terminal.safe(left.path()), words.say(left.why()))));
    }

    private long sum(ToLongFunction<Receipt.Rows> count) {
        return receipts.stream()
                .map(file -> file.receipt().rows())
                .filter(Objects::nonNull)
                .mapToLong(count)
                .sum();
    }

    private String situations(Words words) {
        String each = clients.situations().entrySet().stream()
                .map(entry -> words.number(entry.getValue()) + " " + words.term(entry.getKey()))
                .collect(Collectors.joining(", "));
        String all = words.number(clients.clients()) + (each.isEmpty() ? "" : ": " + each);
        String apart = clients.apart().entrySet().stream()
                .map(entry -> words.count(
                        entry.getValue(),
                        entry.getKey() == Membership.INACTIVE ? "count.inactive" : "count.unregistered"))
                .collect(Collectors.joining(", "));
        return apart.isEmpty() ? all : words.say("run.apart", all, apart);
    }

    /// By reason, the receipts with the most rows first. A row with two problems counts for both.
    private void rejectedRows(PrintWriter to, Path out, Words words) {
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
        to.println(words.say("run.rejected_rows"));
        byCode.forEach((code, places) -> {
            places.sort(Comparator.comparingLong(Place::count).reversed());
            places.stream()
                    .limit(LISTED)
                    .forEach(place -> to.printf(
                            Locale.ROOT,
                            "  %6s  %-20s %s%n",
                            words.number(place.count()),
                            code,
                            out.resolve(place.path())));
            if (places.size() > LISTED) {
                to.printf(
                        Locale.ROOT,
                        "  %6s  %-20s %s%n",
                        words.number(places.stream()
                                .skip(LISTED)
                                .mapToLong(Place::count)
                                .sum()),
                        code,
                        words.counted(places.size() - LISTED, "run.more_receipts", places.size() - LISTED));
            }
        });
    }

    /// A client that is not in the registry is probably another one, under another id; so may be one that is.
    private void registry(PrintWriter to, Path out, Words words) {
        int twice = suggested.registered().size();
        int probable = suggested.aliases().size() - twice;
        Path file = out.resolve(Output.SUGGESTED_ALIASES);
        if (suggested.notRegistered() == suggested.clients() && suggested.clients() > 0) {
            line(to, words.say("run.registry"), words.say("run.no_registry"));
        } else if (suggested.notRegistered() > 0) {
            String what = words.counted(
                    suggested.notRegistered(),
                    "run.not_registered",
                    words.number(suggested.notRegistered()),
                    words.count(suggested.clients(), "count.client"));
            line(
                    to,
                    words.say("run.registry"),
                    probable == 0 ? what : words.counted(probable, "run.probably", what, words.number(probable), file));
        }
        if (twice > 0) {
            line(
                    to,
                    words.say("run.registry"),
                    words.counted(twice, "run.registered_twice", words.count(twice, "count.client"), file));
        }
    }
}
