package clientkpis.cli.output;

import clientkpis.cli.input.Exports;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.tables.Receipt;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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
/// @param changes how many changes of situation were published
public record RunSummary(
        Exports exports,
        List<ReceiptFile> receipts,
        List<RejectedConfiguration> rejectedConfigurations,
        Map<String, Integer> clients,
        int changes) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final int LISTED = 5;

    /// A receipt and its place in the output.
    record ReceiptFile(String path, Receipt receipt) {
        boolean isRejected() {
            return receipt.status() == Receipt.Status.REJECTED || receipt.status() == Receipt.Status.QUARANTINED;
        }
    }

    /// @param time of the event
    /// @param problems each with its JSON Pointer
    record RejectedConfiguration(String time, List<String> problems) {}

    public boolean hasRejectedFiles() {
        return !rejectedConfigurations.isEmpty() || receipts.stream().anyMatch(ReceiptFile::isRejected);
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
        line(to, "Report", out.resolve(Output.REPORT).resolve("index.html").toString());
        rejectedRows(to, out);
        rejectedFiles(to, out);
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
        long rejected = receipts.stream().filter(ReceiptFile::isRejected).count();
        return "%s: %s applied, %s rejected"
                .formatted(grouped(exports.files()), grouped(receipts.size() - rejected), grouped(rejected));
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
            if (problems != null && !file.isRejected()) {
                problems.byCode()
                        .forEach((code, count) -> byCode.computeIfAbsent(code, c -> new ArrayList<>())
                                .add(new Place(count, file.path())));
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

    private void rejectedFiles(PrintWriter to, Path out) {
        for (RejectedConfiguration configuration : rejectedConfigurations) {
            to.println();
            to.println("Rejected configuration of " + configuration.time() + ": the previous one stays in force");
            configuration.problems().forEach(problem -> to.println("  " + problem));
        }
        if (receipts.stream().noneMatch(ReceiptFile::isRejected)) {
            return;
        }
        to.println();
        to.println("Rejected files: nothing in them was applied");
        for (ReceiptFile file : receipts) {
            Receipt.@Nullable Reason reason = file.receipt().reason();
            if (reason != null) {
                to.printf("  %s%n", path(file.receipt()));
                to.printf("    %s: %s%n", reason.code().label(), reason.message());
                to.printf("    %s%n", out.resolve(file.path()));
            }
        }
    }

    /// The uploaded file: the one with this key on the day that begins the upload's id.
    private String path(Receipt receipt) {
        return exports.days().stream()
                .filter(day -> day.date().equals(day(receipt)))
                .flatMap(day -> day.uploads().stream())
                .filter(file -> file.key(receipt.tenant()).equals(receipt.object()))
                .map(Exports.File::path)
                .findFirst()
                .orElse(receipt.object());
    }

    private static @Nullable LocalDate day(Receipt receipt) {
        try {
            return LocalDateTime.parse(receipt.upload().substring(0, 15), STAMP)
                    .atOffset(ZoneOffset.UTC)
                    .atZoneSameInstant(Configuration.DEFAULT.formats().timeZone())
                    .toLocalDate();
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static String count(long count, String what) {
        return grouped(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
