package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// A zip, read as a stream, so that it may be inside another file. [#judge] has read it to its last byte: what it holds
/// is whole, and not larger than the limit.
public final class Zip {
    /// A workbook of a thousand sheets has some thousands.
    static final int ENTRIES = 10_000;

    /// How large a [#part] may be.
    private static final int PART = 32 << 20;

    private final Bytes bytes;
    private final List<String> names = new ArrayList<>();
    private final Map<String, byte[]> parts = new HashMap<>();

    private Zip(Bytes bytes) {
        this.bytes = bytes;
    }

    /// Also an empty one, which begins with its directory.
    ///
    /// @param start of a file
    public static boolean isAnnouncedBy(byte[] start) {
        return start.length >= 4
                && start[0] == 'P'
                && start[1] == 'K'
                && ((start[2] == 3 && start[3] == 4) || (start[2] == 5 && start[3] == 6));
    }

    /// @throws FileRejectedException `bad_zip`, `encrypted` or `too_large`
    static Zip judge(Bytes bytes, Limits limits) throws IOException {
        Zip judged = new Zip(bytes);
        long total = 0;
        long held = 0;
        byte[] buffer = new byte[1 << 16];
        ZipEnd end = new ZipEnd(bytes.open());
        try (Entries zip = new Entries(end)) {
            String name;
            while ((name = zip.next()) != null) {
                if (judged.names.size() >= ENTRIES) {
                    throw tooLarge(Sentence.of("too_large.entries", ENTRIES));
                }
                judged.names.add(name);
                ByteArrayOutputStream part = isSmall(name) ? new ByteArrayOutputStream() : null;
                int count;
                while ((count = zip.read(buffer, 0, buffer.length)) >= 0) {
                    total += count;
                    if (total > limits.bytes()) {
                        throw tooLarge(Sentence.of("too_large.file", limits.bytes()));
                    }
                    if (part != null) {
                        held += count;
                        if (held > PART) {
                            throw tooLarge(Sentence.of("too_large.sheet_list", PART));
                        }
                        part.write(buffer, 0, count);
                    }
                }
                if (part != null) {
                    judged.parts.put(name, part.toByteArray());
                }
            }
            end.check(judged.names.size());
        }
        return judged;
    }

    /// Which entries of a workbook say what the others are.
    private static boolean isSmall(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String last = lower.substring(lower.lastIndexOf('/') + 1);
        return lower.endsWith(".rels")
                || (lower.endsWith(".xml") && (last.startsWith("workbook") || last.startsWith("styles")));
    }

    public List<String> names() {
        return names;
    }

    /// A small part that says what the others are, whole; null where there is none.
    public byte @Nullable [] part(String name) {
        return parts.get(name);
    }

    /// An entry, to be read to its end or not.
    ///
    /// @throws FileRejectedException `bad_zip` when there is no such entry
    public InputStream open(String name) throws IOException {
        Entries zip = new Entries(bytes.open());
        try {
            String entry;
            while ((entry = zip.next()) != null) {
                if (entry.equals(name)) {
                    return zip;
                }
            }
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
        zip.close();
        throw bad(Sentence.of("bad_zip.no_entry", name));
    }

    private static FileRejectedException tooLarge(Sentence message) {
        return new FileRejectedException(FileCode.TOO_LARGE, message);
    }

    static FileRejectedException bad(Sentence what) {
        return new FileRejectedException(FileCode.BAD_ZIP, Sentence.of("bad_zip", what));
    }

    /// The entries of a zip one after the other, each read like a stream.
    public static final class Entries extends FilterInputStream {
        private final ZipInputStream zip;

        public Entries(InputStream in) {
            // Names that are not UTF-8 are in whatever code page; none of them is looked up.
            super(new ZipInputStream(in, StandardCharsets.ISO_8859_1));
            zip = (ZipInputStream) this.in;
        }

        private interface Reading<T> {
            T read() throws IOException;
        }

        /// The name of the next entry, or null at the end.
        public @Nullable String next() throws IOException {
            return checked(() -> {
                ZipEntry entry = zip.getNextEntry();
                // Some writers of Windows separate folders in their own way.
                return entry == null ? null : entry.getName().replace('\\', '/');
            });
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return checked(() -> zip.read(target, offset, length));
        }

        private <T extends @Nullable Object> T checked(Reading<T> reading) throws IOException {
            try {
                return reading.read();
            } catch (ZipException e) {
                if (String.valueOf(e.getMessage()).contains("encrypted")) {
                    throw new FileRejectedException(FileCode.ENCRYPTED, Sentence.of("encrypted.zip"));
                }
                throw bad(Sentence.of("packed.damaged"));
            } catch (EOFException e) {
                throw bad(Sentence.of("packed.cut_short"));
            } catch (IllegalArgumentException e) {
                throw bad(Sentence.of("bad_zip.name"));
            }
        }
    }
}
