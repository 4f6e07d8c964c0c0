package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a run prints about files that count and deserve a look: each kind of warning once, the one of the most files
/// first, with some of what was found and a file to open.
record WarningList(List<RunSummary.ReceiptFile> receipts) {
    /// The warnings of one kind.
    private static final class Kind {
        private final WarningCode code;
        private final List<RunSummary.ReceiptFile> files = new ArrayList<>();
        private final Set<String> samples = new LinkedHashSet<>();
        private long most = -1;
        private int first;

        Kind(WarningCode code) {
            this.code = code;
        }

        void add(RunSummary.ReceiptFile file, Warning warning) {
            if (files.isEmpty() || !files.getLast().equals(file)) {
                files.add(file);
            }
            if (warning.count() > most) {
                most = warning.count();
                first = files.size() - 1;
            }
            samples.addAll(warning.samples());
        }
    }

    /// @param rejections names the files
    void print(PrintWriter to, Path out, Rejections rejections) {
        Map<WarningCode, Kind> kinds = new EnumMap<>(WarningCode.class);
        receipts.stream()
                .filter(RunSummary.ReceiptFile::isApplied)
                .forEach(file -> Objects.requireNonNullElse(file.receipt().warnings(), List.<Warning>of())
                        .forEach(warning ->
                                kinds.computeIfAbsent(warning.code(), Kind::new).add(file, warning)));
        if (kinds.isEmpty()) {
            return;
        }
        to.println();
        to.println(rejections.words().say("warnings.title"));
        kinds.values().stream()
                .sorted(Comparator.comparingInt((Kind kind) -> kind.files.size())
                        .reversed())
                .forEach(kind -> print(to, out, rejections, kind));
    }

    private static void print(PrintWriter to, Path out, Rejections rejections, Kind kind) {
        int files = kind.files.size();
        Receipt receipt = kind.files.get(kind.first).receipt();
        Words words = rejections.words();
        to.printf(
                "  %s%n",
                words.counted(
                        files,
                        "warnings.files",
                        kind.code.label(),
                        files,
                        Terminal.safe(rejections.path(receipt)),
                        kind.most > 0 ? " (" + words.number(kind.most) + ")" : ""));
        to.printf("    %s%n", words.say(kind.code.sentence()));
        if (!kind.samples.isEmpty()) {
            String samples = String.join(
                    "; ", kind.samples.stream().limit(Warning.SAMPLES).toList());
            to.printf("    %s%n", words.say("warnings.found", Terminal.safe(samples)));
        }
        to.printf("    %s%n", out.resolve(kind.files.get(kind.first).path()));
    }
}
