package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a zip is: a workbook, one file that is read, or something else.
final class Archive {
    /// What operating systems put beside the files.
    private static final Set<String> CLUTTER = Set.of(".ds_store", "thumbs.db", "desktop.ini");

    private static final int NAMED = 5;

    private Archive() {}

    /// @return the one file in it; null for a workbook
    /// @throws FileRejectedException when it is neither
    static @Nullable String judge(Zip zip) throws FileRejectedException {
        Set<String> names =
                zip.names().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        if (names.contains("xl/workbook.bin")) {
            throw new FileRejectedException(FileCode.OLD_WORKBOOK, Sentence.of("old_workbook.xlsb"));
        }
        if (names.stream().anyMatch(name -> name.startsWith("xl/") && name.endsWith(".xml"))) {
            return null;
        }
        if (names.contains("mimetype") && names.contains("content.xml")) {
            throw new FileRejectedException(FileCode.OPEN_DOCUMENT, Sentence.of("open_document"));
        }
        if (names.contains("[content_types].xml")) {
            throw new FileRejectedException(FileCode.BAD_ENCODING, Sentence.of("bad_encoding.document"));
        }
        List<String> files =
                zip.names().stream().filter(name -> !isClutter(name)).toList();
        if (files.isEmpty()) {
            throw new FileRejectedException(FileCode.EMPTY_ZIP, Sentence.of("empty_zip"));
        }
        if (files.size() > 1) {
            throw new FileRejectedException(
                    FileCode.SEVERAL_FILES,
                    Sentence.of(
                            files.size() > NAMED ? "several_files.and_more" : "several_files",
                            files.size(),
                            files.stream().limit(NAMED).toList()));
        }
        return files.getFirst();
    }

    private static boolean isClutter(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("/")
                || lower.startsWith("__macosx/")
                || CLUTTER.contains(lower.substring(lower.lastIndexOf('/') + 1));
    }

    /// @param start of the file in the zip
    /// @throws FileRejectedException `nested_zip` when it is a zip that is not a workbook
    static void checkNotNested(byte[] start, Bytes packed, Limits limits) throws IOException {
        if (Zip.isAnnouncedBy(start) && judge(Zip.judge(packed, limits)) != null) {
            throw nested();
        }
    }

    static FileRejectedException nested() {
        return new FileRejectedException(FileCode.NESTED_ZIP, Sentence.of("nested_zip"));
    }
}
