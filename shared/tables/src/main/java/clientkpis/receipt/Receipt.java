package clientkpis.receipt;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Language;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The outcome of one upload: `receipts/{tenant}/{table}/{upload}.json` (tables.md, *What the receipt says*). Its JSON
/// Schema is `events/receipt.schema.json`.
///
/// Intake writes it (`applying`, `rejected` or `quarantined`); the family's last part completes it (`applied`). What is
/// not known is left out.
///
/// It is long because the whole published document is described here, member by member.
///
/// @param upload the upload's id, as the receipt is named
/// @param object the key of the uploaded object
/// @param objectVersion the version of the object that was read; absent where the bucket is not versioned
/// @param table the English name; absent when the key names no table
/// @param reason why it was rejected or quarantined, and what to do; present only for these two
/// @param source the known system and export whose file this is, as `stripe/subscriptions`; absent when none is known
/// @param rows counts; absent when the file could not be read to its end
/// @param clients of the accepted rows; absent before they took effect
/// @param problems of single rows
/// @param rejectedRows where the rejected rows are; absent when there are none
/// @param warnings what to look at although the file counts; absent when the file could not be read to its end
/// @param words of the columns with a vocabulary, and what they mean; absent like the warnings
/// @param language of its sentences, `pt-BR` or `en`; absent in receipts of before it could be chosen, which are
///     English
public record Receipt(
        String upload,
        String tenant,
        @Nullable String table,
        String object,
        @Nullable String objectVersion,
        Mode mode,
        Status status,
        @Nullable Reason reason,
        @Nullable Format format,
        @Nullable String source,
        @Nullable Columns columns,
        @Nullable Rows rows,
        @Nullable Clients clients,
        @Nullable Problems problems,
        @Nullable RejectedRows rejectedRows,
        @Nullable List<Warning> warnings,
        @Nullable List<ColumnWords> words,
        @Nullable String language) {

    /// Which object was uploaded, and as what.
    ///
    /// @param upload its id
    /// @param table null when the key names no table
    /// @param objectVersion null where the bucket is not versioned
    /// @param language of the sentences for its people
    public record Origin(
            String upload,
            String tenant,
            @Nullable String table,
            String object,
            @Nullable String objectVersion,
            Mode mode,
            Language language) {}

    public enum Mode {
        /// Rows that are not in the file are kept.
        UPSERT,
        /// The file is the whole table.
        SNAPSHOT
    }

    public enum Status {
        /// Read to its end; its rows are being applied.
        APPLYING,
        APPLIED,
        REJECTED,
        QUARANTINED
    }

    /// @param message what is wrong, where, and what to do about it
    public record Reason(FileCode code, String message) {
        public Reason(FileCode code, Sentence message, Language language) {
            this(code, message.in(language));
        }
    }

    /// How the bytes were understood.
    ///
    /// @param encoding `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `UTF-16BE` or `windows-1252`
    /// @param separator between cells; absent for JSON and workbooks
    /// @param compression `gzip`, `zip` or `none`
    /// @param headerLine number of the line with the header, from 1; of a workbook, of the row; absent for JSON
    /// @param skippedLines the lines above the header that are not blank
    /// @param sheet of a workbook, whose rows these are; else absent
    /// @param otherSheets of a workbook, those that are not hidden and do not count, none where each is an upload of
    ///     its own; else absent
    public record Format(
            String encoding,
            @Nullable String separator,
            String compression,
            @Nullable Long headerLine,
            List<SkippedLine> skippedLines,
            @Nullable String sheet,
            @Nullable List<String> otherSheets) {
        public Format {
            skippedLines = List.copyOf(skippedLines);
            otherSheets = otherSheets == null ? null : List.copyOf(otherSheets);
        }

        /// Of a text.
        public Format(
                String encoding,
                @Nullable String separator,
                String compression,
                @Nullable Long headerLine,
                List<SkippedLine> skippedLines) {
            this(encoding, separator, compression, headerLine, skippedLines, null, null);
        }

        /// The same, of a sheet.
        ///
        /// @param name null of a file without sheets
        public Format onSheet(@Nullable String name) {
            return new Format(encoding, separator, compression, headerLine, skippedLines, name, otherSheets);
        }
    }

    /// @param line its number, from 1
    /// @param text its first 80 characters
    public record SkippedLine(long line, String text) {}

    /// How the headers were understood.
    ///
    /// @param ignored headers that mean no column, as written
    /// @param lost headers that would mean a column that another header means better; absent when there are none
    /// @param missing columns that the previous upload of the table had and this one does not: they are blank now
    public record Columns(
            List<UsedColumn> used,
            List<String> ignored,
            @Nullable List<UsedColumn> lost,
            List<String> missing) {
        public Columns {
            used = List.copyOf(used);
            ignored = List.copyOf(ignored);
            missing = List.copyOf(missing);
            lost = lost == null || lost.isEmpty() ? null : List.copyOf(lost);
        }
    }

    /// @param header as written in the file
    public record UsedColumn(String column, String header) {}

    /// `read = accepted + rejected + repeated` and, once applied, `accepted = stored + unchanged + outdated`.
    ///
    /// @param repeated rows whose key a later valid row of the same file has
    /// @param conflicting those of the repeated rows that differ from the one that counts; absent when there are none
    /// @param outdated rows that are older than the stored ones of their keys, or past the retention
    /// @param removed rows of the table that are not in the snapshot and were removed; of a quarantined one, that would
    ///     be
    /// @param expired stored rows of the file's clients that were removed because they are past the retention
    public record Rows(
            long read,
            long accepted,
            long rejected,
            long repeated,
            @Nullable Long stored,
            @Nullable Long unchanged,
            @Nullable Long outdated,
            @Nullable Long removed,
            @Nullable Long expired,
            @Nullable Long conflicting) {
        public Rows {
            if (read != accepted + rejected + repeated) {
                throw new IllegalArgumentException("%d rows are not %d accepted, %d rejected and %d repeated"
                        .formatted(read, accepted, rejected, repeated));
            }
            if ((stored != null || unchanged != null || outdated != null)
                    && (stored == null
                            || unchanged == null
                            || outdated == null
                            || accepted != stored + unchanged + outdated)) {
                throw new IllegalArgumentException("%d accepted rows are not %s stored, %s unchanged and %s outdated"
                        .formatted(accepted, stored, unchanged, outdated));
            }
        }

        /// The counts of a file that was read, before its rows take effect.
        public static Rows read(long accepted, long rejected, long repeated) {
            return read(accepted, rejected, repeated, 0);
        }

        public static Rows read(long accepted, long rejected, long repeated, long conflicting) {
            return new Rows(
                    accepted + rejected + repeated,
                    accepted,
                    rejected,
                    repeated,
                    null,
                    null,
                    null,
                    null,
                    null,
                    conflicting == 0 ? null : conflicting);
        }

        /// The same rows after they took effect.
        public Rows applied(long stored, long unchanged, long outdated, long removed, long expired) {
            return new Rows(
                    read,
                    accepted,
                    rejected,
                    repeated,
                    stored,
                    unchanged,
                    outdated,
                    removed == 0 ? null : removed,
                    expired == 0 ? null : expired,
                    conflicting);
        }

        /// The rows of a snapshot that does not take effect.
        public Rows wouldRemove(long rows) {
            return new Rows(read, accepted, rejected, repeated, null, null, null, rows, null, conflicting);
        }
    }

    /// The clients of the accepted rows.
    ///
    /// @param created clients that were not known before; in JSON `new`
    /// @param notRegistered how many have no row in `clients`
    /// @param probable how many of these are probably another client, under another id
    /// @param samples some of those that are not registered
    public record Clients(
            long seen,
            @JsonProperty("new") long created,
            long notRegistered,
            long probable,
            List<Unregistered> samples) {
        public Clients {
            samples = List.copyOf(samples);
        }
    }

    /// @param probably the client that is probably meant: the registered id that is equal without punctuation and
    ///     leading zeros, else the one that was seen first of those that are, without case, accents and legal form too
    public record Unregistered(String clientId, @Nullable String probably) {}

    /// @param byCode how many rows have a problem of each code; a row may have several
    /// @param first the first [#LISTED], in the order of the file
    public record Problems(Map<String, Long> byCode, List<Problem> first) {
        /// How many problems are listed one by one.
        public static final int LISTED = 1_000;

        public Problems {
            byCode = new TreeMap<>(byCode);
            first = List.copyOf(first);
        }
    }

    /// One fault of one row.
    ///
    /// @param line number of the line where the row begins, from 1, in the decompressed text; of a workbook, of the row
    /// @param column the column's name; absent when the whole row is at fault
    /// @param header of the column, as written in the file; absent when it has none
    /// @param cell the first 80 characters of the cell as written; of the line for a whole row
    /// @param expected what the cell should be, in words
    public record Problem(
            long line, @Nullable String column, @Nullable String header, RowCode code, String cell, String expected) {
        /// How much of a cell is shown, in characters (code points).
        public static final int SHOWN = 80;

        public Problem {
            cell = shown(cell);
            header = header == null ? null : shown(header);
        }

        /// Of a column without a header, or of a whole row.
        public Problem(long line, @Nullable String column, RowCode code, String cell, String expected) {
            this(line, column, null, code, cell, expected);
        }

        /// The first [#SHOWN] characters of a text.
        public static String shown(String text) {
            return text.codePointCount(0, text.length()) <= SHOWN
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, SHOWN));
        }
    }

    /// @param object the key of the file
    /// @param note how to use it
    public record RejectedRows(String object, String note) {
        /// With a note that the cells are as written.
        public static RejectedRows at(String object, Language language) {
            return new RejectedRows(object, Sentence.of("rejected.note").in(language));
        }
    }

    public Receipt {
        warnings = warnings == null ? null : List.copyOf(warnings);
        words = words == null ? null : List.copyOf(words);
        boolean stopped = status == Status.REJECTED || status == Status.QUARANTINED;
        if (stopped != (reason != null)) {
            throw new IllegalArgumentException(
                    "A rejected or quarantined upload has a reason, and no other: " + status);
        }
    }

    /// Of an upload that is rejected as a whole.
    ///
    /// @param format as far as it is known
    public static Receipt rejected(Origin origin, Reason reason, @Nullable Format format) {
        return of(origin, Status.REJECTED, reason, format, null, null, null, null, null, null, null);
    }

    /// This one, of an upload that was read, as that of one that does not take effect.
    ///
    /// @param to `rejected` or `quarantined`
    /// @param why the reason
    public Receipt stopped(Status to, Reason why, Rows counted) {
        return new Receipt(
                upload,
                tenant,
                table,
                object,
                objectVersion,
                mode,
                to,
                why,
                format,
                source,
                columns,
                counted,
                null,
                problems,
                rejectedRows,
                warnings,
                words,
                language);
    }

    /// Of an upload that was read and takes effect.
    public static Receipt read(
            Origin origin,
            Format format,
            @Nullable String source,
            Columns columns,
            Rows rows,
            Problems problems,
            @Nullable RejectedRows rejectedRows,
            List<Warning> warnings,
            List<ColumnWords> words) {
        return of(
                origin, Status.APPLYING, null, format, source, columns, rows, problems, rejectedRows, warnings, words);
    }

    private static Receipt of(
            Origin origin,
            Status status,
            @Nullable Reason reason,
            @Nullable Format format,
            @Nullable String source,
            @Nullable Columns columns,
            @Nullable Rows rows,
            @Nullable Problems problems,
            @Nullable RejectedRows rejectedRows,
            @Nullable List<Warning> warnings,
            @Nullable List<ColumnWords> words) {
        return new Receipt(
                origin.upload,
                origin.tenant,
                origin.table,
                origin.object,
                origin.objectVersion,
                origin.mode,
                status,
                reason,
                format,
                source,
                columns,
                rows,
                null,
                problems,
                rejectedRows,
                warnings,
                words,
                origin.language.tag());
    }

    /// The receipt of an upload whose rows have all taken effect.
    public Receipt applied(long stored, long unchanged, long outdated, long removed, long expired, Clients seen) {
        if (rows == null) {
            throw new IllegalStateException("No rows were read: " + upload);
        }
        return new Receipt(
                upload,
                tenant,
                table,
                object,
                objectVersion,
                mode,
                Status.APPLIED,
                null,
                format,
                source,
                columns,
                rows.applied(stored, unchanged, outdated, removed, expired),
                seen,
                problems,
                rejectedRows,
                warned(seen),
                words,
                language);
    }

    private @Nullable List<Warning> warned(Clients seen) {
        if (seen.notRegistered == 0) {
            return warnings;
        }
        List<Warning> all = warnings == null ? new ArrayList<>() : new ArrayList<>(warnings);
        all.add(Warning.of(
                        WarningCode.IDS_NOT_REGISTERED,
                        Sentence.of("ids_not_registered.more", seen.notRegistered, seen.seen, seen.probable),
                        seen.notRegistered,
                        List.of())
                .in(language == null ? Language.ENGLISH : Language.of(language)));
        return all;
    }

    /// JSON as it is stored: indented, for people too.
    public String toJson() {
        return Json.indented(this);
    }

    /// Reads what [#toJson()] wrote.
    ///
    /// @throws IllegalArgumentException when it is not a receipt
    public static Receipt parse(String json) {
        try {
            return Json.read(Json.parseStrictly(json), Receipt.class);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "Not a receipt: " + Objects.requireNonNull(e.getCause()).getMessage(), e);
        }
    }
}
