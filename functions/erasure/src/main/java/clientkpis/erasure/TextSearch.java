package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.FileRejectedException;
import clientkpis.reading.format.GzipMembers;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Finds out whether an object names a client, in whatever encoding intake reads, in one pass.
final class TextSearch {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int LONGEST_LINE = 1 << 20;

    private final DataBucket bucket;
    private final ListedClients clients;

    TextSearch(DataBucket bucket, ListedClients clients) {
        this.bucket = bucket;
        this.clients = clients;
    }

    boolean names(String key) throws IOException {
        try (InputStream object = GzipMembers.decompressed(bucket.open(key, null))) {
            return names(key, object);
        } catch (NoSuchKeyException e) {
            return false;
        } catch (FileRejectedException e) {
            return true; // It cannot be read to its end: it is safer to say so.
        }
    }

    private boolean names(String key, InputStream decompressed) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(decompressed, 2);
        byte[] start = bytes.readNBytes(2);
        bytes.unread(start);
        boolean wide = start.length == 2 && isByteOrderMark(start);
        // Each byte as a character: its encoding is that of its line.
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
        try (Reader text = FileFormat.of(key).text(bytes, charset)) {
            StringBuilder line = new StringBuilder();
            while (next(text, line)) {
                if (line.length() > LONGEST_LINE || isNamedIn(line.toString(), wide)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isByteOrderMark(byte[] start) {
        int mark = (start[0] & 0xff) << 8 | (start[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe;
    }

    /// @return false at the end
    private static boolean next(Reader text, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = text.read();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n' && c != '\r' && line.length() <= LONGEST_LINE) {
            line.append((char) c);
            c = text.read();
        }
        return true;
    }

    private boolean isNamedIn(String line, boolean decoded) {
        if (decoded || line.chars().allMatch(c -> c < 0x80)) {
            return clients.isNamedIn(line);
        }
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return clients.isNamedIn(new String(bytes, StandardCharsets.UTF_8))
                || clients.isNamedIn(new String(bytes, WINDOWS));
    }
}
