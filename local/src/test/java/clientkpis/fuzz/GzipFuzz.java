package clientkpis.fuzz;

import clientkpis.reading.AnyFile;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Gzip: any bytes as such a file, and any file cut into members, which is read as the file itself.
public final class GzipFuzz {
    private GzipFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        AnyFile.check(input, "x.csv.gz");
        int cut = 1 + (input[0] & 0xff) % (input.length - 1);
        byte[] file = Arrays.copyOfRange(input, 1, input.length);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(gzip(Arrays.copyOf(file, cut - 1)));
        members.writeBytes(gzip(Arrays.copyOfRange(file, cut - 1, file.length)));
        TableSchema table = Tables.load().find("billing");
        boolean isGzip = file.length > 1 && file[0] == 0x1f && file[1] == (byte) 0x8b;
        List<Object> plain = AnyFile.check(table, file, "x.csv");
        List<Object> compressed = AnyFile.check(table, members.toByteArray(), "x.csv.gz");
        if (!isGzip && !plain.equals(compressed)) {
            throw new IllegalStateException("Compressed it is another file: " + plain + " and " + compressed);
        }
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
