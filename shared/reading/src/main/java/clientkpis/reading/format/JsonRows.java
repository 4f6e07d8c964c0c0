package clientkpis.reading.format;

import clientkpis.reading.bytes.Source;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.json.JsonObject;
import clientkpis.reading.json.JsonObjects;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Sample;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// JSON objects as rows: their keys are the headers, those of an object inside it as `outer.inner`.
final class JsonRows extends UploadRows {
    /// How many different keys are remembered; each row could have new ones.
    private static final int REMEMBERED = 10_000;

    private final Source source;
    private final JsonObjects objects;
    private final Map<String, Integer> positions = new HashMap<>();

    /// @param match of the beginning of the same objects
    JsonRows(Source source, JsonObjects objects, ColumnMatch match) {
        super(match);
        this.source = source;
        this.objects = objects;
        source.warnings().forEach(this::warn);
        for (int i = 0; i < match.header().size(); i++) {
            positions.putIfAbsent(match.header().get(i), i);
        }
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
            return faulty(object, Objects.requireNonNull(object.fault()));
        }
        for (JsonObject.Member member : members) {
            remember(Blank.trim(member.key()));
        }
        @Nullable String[] cells = new @Nullable String[positions.size()];
        CellKind[] kinds = new CellKind[positions.size()];
        Arrays.fill(kinds, CellKind.TEXT);
        boolean[] seen = new boolean[positions.size()];
        for (JsonObject.Member member : members) {
            Integer position = positions.get(Blank.trim(member.key()));
            if (position == null) {
                continue;
            }
            if (seen[position] && layout.isTaken(position)) {
                return faulty(object, Sentence.of("bad_json.twice", member.key()));
            }
            seen[position] = true;
            cells[position] = member.value();
            kinds[position] = member.kind();
        }
        currency(Arrays.asList(cells));
        UploadRow row = layout.row(object.line(), List.of(object.text()), Arrays.asList(cells), kinds);
        for (int i = 0; i < row.cells().length; i++) {
            if (row.kind(i) == CellKind.NESTED) {
                return faulty(object, Sentence.of("bad_json.nested", layout.headerOf(i)));
            }
        }
        return row;
    }

    private void remember(String key) {
        if (!positions.containsKey(key) && positions.size() < REMEMBERED) {
            int at = positions.size();
            positions.put(key, at);
            late(key, at);
        }
    }

    /// The keys of the first objects, and their values.
    static Sample sample(JsonObjects objects) throws IOException {
        Map<String, Integer> header = new HashMap<>();
        List<String> keys = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        JsonObject object;
        while (rows.size() < Sample.ROWS && (object = objects.next()) != null) {
            List<JsonObject.Member> members = object.members();
            if (members == null) {
                continue;
            }
            List<String> row = new ArrayList<>();
            for (JsonObject.Member member : members) {
                String key = Blank.trim(member.key());
                if (header.size() < REMEMBERED && header.putIfAbsent(key, header.size()) == null) {
                    keys.add(key);
                }
                int at = header.getOrDefault(key, -1);
                while (row.size() <= at) {
                    row.add("");
                }
                String value = member.value();
                if (at >= 0 && value != null) {
                    row.set(at, value);
                }
            }
            rows.add(row);
        }
        return new Sample(keys, rows);
    }

    private UploadRow faulty(JsonObject object, Sentence fault) {
        return UploadRow.faulty(
                List.of(object.text()),
                layout.problem(object.line(), RowCode.BAD_JSON, object.text(), Sentence.of("expected.json", fault)));
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
