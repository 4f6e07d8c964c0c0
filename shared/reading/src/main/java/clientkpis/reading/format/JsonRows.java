package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON objects as rows: their keys are the headers.
final class JsonRows extends UploadRows {
    private final Source source;
    private final JsonObjects objects;

    JsonRows(Source source, JsonObjects objects, Columns columns) {
        super(columns);
        this.source = source;
        this.objects = objects;
    }

    @Override
    public Receipt.Format format() {
        return source.format();
    }

    @Override
    public @Nullable UploadRow next() throws IOException {
        JsonObject object = objects.next();
        if (object == null) {
            return null;
        }
        List<JsonObject.Member> members = object.members();
        if (members == null) {
            return faulty(object, object.fault());
        }
        int size = columns.all().size();
        @Nullable String[] cells = new @Nullable String[size];
        CellKind[] kinds = new CellKind[size];
        Arrays.fill(kinds, CellKind.TEXT);
        boolean[] seen = new boolean[size];
        for (JsonObject.Member member : members) {
            int position = position(member.key());
            if (position < 0) {
                continue;
            }
            if (seen[position]) {
                return faulty(
                        object,
                        "two of its keys mean the column "
                                + columns.all().get(position).name());
            }
            seen[position] = true;
            cells[position] = member.value();
            kinds[position] = member.kind();
        }
        return UploadRow.of(object.line(), List.of(object.text()), cells, kinds);
    }

    private static UploadRow faulty(JsonObject object, String fault) {
        return UploadRow.faulty(
                List.of(object.text()),
                new Receipt.Problem(
                        object.line(),
                        null,
                        RowCode.BAD_JSON,
                        object.text(),
                        "one JSON object in a line, its values text, numbers, true, false or null, no key twice; but "
                                + fault));
    }

    @Override
    public RejectWriter rejects(Writer out) {
        return new Rejects(out);
    }

    @Override
    public void close() throws IOException {
        objects.close();
    }

    /// JSON lines: the text of the object, and one key more with the reason.
    private record Rejects(Writer out) implements RejectWriter {
        @Override
        public void write(UploadRow row, String reason) throws IOException {
            String text = Blank.trim(row.written().getFirst());
            String last = "\"%s\": \"%s\"}".formatted(REASON, escaped(reason));
            if (text.startsWith("{") && text.endsWith("}")) {
                String members = text.substring(0, text.length() - 1);
                out.write(members + (Blank.is(members.substring(1)) ? "" : ", ") + last);
            } else {
                out.write("{\"linha\": \"" + escaped(text) + "\", " + last);
            }
            out.write('\n');
        }

        private static String escaped(String text) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(text));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
