package clientkpis.cli.output;

import clientkpis.cli.input.Exports;
import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.Receipt;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run prints about what was rejected as a whole: why, and what to do about it.
///
/// @param out the folder of the output, as the user gave it
record Rejections(Exports exports, Path out, Words words) {
    static final String SNAPSHOT = "/snapshot/";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final int LISTED = 5;

    void print(
            PrintWriter to, List<Exports.RejectedConfiguration> configurations, List<RunSummary.ReceiptFile> rejected) {
        for (Exports.RejectedConfiguration configuration : configurations) {
            to.println();
            to.println(words.say("rejected.configuration", Terminal.safe(configuration.path())));
            to.println(ConfigurationProblems.lines(configuration.problems(), words));
        }
        if (rejected.isEmpty()) {
            return;
        }
        to.println();
        to.println(words.say("rejected.files"));
        for (RunSummary.ReceiptFile file : rejected) {
            Receipt.@Nullable Reason reason = file.receipt().reason();
            if (reason != null) {
                to.printf("  %s%n", Terminal.safe(path(file.receipt())));
                to.printf("    %s: %s%n", reason.code().label(), said(file.receipt(), reason));
                if (file.isQuarantined()) {
                    to.printf("    %s%n", confirming(file.receipt()));
                }
                to.printf("    %s%n", out.resolve(file.path()));
                Receipt.@Nullable RejectedRows rows = file.receipt().rejectedRows();
                if (rows != null) {
                    to.printf("    %s%n", words.say("rejected.rows", out.resolve(rows.object())));
                }
            }
        }
        String files = rejected.stream()
                .filter(file -> !file.isQuarantined())
                .flatMap(file -> uploaded(file.receipt()).stream())
                .limit(LISTED)
                .map(file -> quoted(file.file().toString()))
                .collect(Collectors.joining(" "));
        if (!files.isEmpty()) {
            to.println();
            to.println(words.say("rejected.inspect", files));
        }
    }

    /// What the receipt says, where it is in this language; else what its code means.
    private String said(Receipt receipt, Receipt.Reason reason) {
        String language = Objects.requireNonNullElse(receipt.language(), Language.ENGLISH.tag());
        return language.equals(words.language().tag())
                ? Terminal.safe(local(receipt, reason.message()))
                : words.say(reason.code().sentence());
    }

    /// As a shell reads it.
    private static String quoted(String path) {
        return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /// What a receipt says, with the file to make instead of the key of an object in the cloud.
    private String local(Receipt receipt, String message) {
        String path = path(receipt);
        return path.contains(SNAPSHOT) ? message.replace(confirmed(receipt.object()), confirmed(path)) : message;
    }

    private static String confirmed(String snapshot) {
        return snapshot.replaceFirst(SNAPSHOT, SNAPSHOT + "confirm/");
    }

    /// How to confirm a file that is in quarantine.
    private String confirming(Receipt receipt) {
        String path = path(receipt);
        int at = path.indexOf(SNAPSHOT);
        return at < 0
                ? words.say("rejected.confirm_table")
                : words.say("rejected.confirm", Terminal.safe(path.substring(0, at + 1)));
    }

    /// The uploaded file, below the folder of exports.
    String path(Receipt receipt) {
        return uploaded(receipt).map(Exports.File::path).orElse(receipt.object());
    }

    /// The uploaded file: the one with this key on the day that begins the upload's id.
    private Optional<Exports.File> uploaded(Receipt receipt) {
        return exports.days().stream()
                .filter(day -> day.date().equals(day(receipt)))
                .flatMap(day -> day.uploads().stream())
                .filter(file -> file.key(receipt.tenant()).equals(receipt.object()))
                .findFirst();
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
}
