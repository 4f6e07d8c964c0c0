package clientkpis.reading.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a file writes its rows. All that depends on it is here: a new format is one class, its name in `permits` and
/// [#all()], and what a receipt says about it.
public sealed interface FileFormat permits Csv, JsonLines {
    String COMPRESSED = ".gz";

    static List<FileFormat> all() {
        return List.of(new Csv(), new JsonLines());
    }

    /// The format that an object's name announces, if it ends like an upload's.
    static Optional<FileFormat> named(String objectName) {
        String name = objectName.toLowerCase(Locale.ROOT);
        String plain = name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
        return all().stream()
                .filter(format -> format.extensions().stream().anyMatch(extension -> plain.endsWith("." + extension)))
                .findFirst();
    }

    /// The format in which an upload of this name is read: CSV where the name does not say otherwise.
    static FileFormat of(String objectName) {
        return named(objectName).orElseGet(Csv::new);
    }

    /// How names of uploads in this format end, in lower case.
    List<String> extensions();

    /// How the name of their rejected rows ends, which are in a format that can be uploaded again.
    default String rejectedExtension() {
        return extensions().getFirst();
    }

    /// Begins to read the rows of a table.
    ///
    /// @throws FileRejectedException when the file has no rows of this table, or cannot be read
    UploadRows rows(Source source, Columns columns) throws IOException;

    /// Reads the whole file into memory, as written.
    ///
    /// @param columns of the table whose header is looked for; null when the table is not known
    RawRows raw(Source source, @Nullable Columns columns) throws IOException;

    /// Rejected rows, as [UploadRows#rejects] writes them, without those that have a text which passes a test.
    byte[] without(byte[] rejectedRows, Predicate<String> test) throws IOException;

    /// The text of any file in this format, valid or not, to be searched line by line.
    default BufferedReader text(InputStream decompressed, Charset charset) throws IOException {
        return new BufferedReader(new InputStreamReader(decompressed, charset));
    }
}
