package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.RawFile;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.bytes.Limits;
import clientkpis.receipt.FileCode;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The uploaded list.
final class ClientList {
    /// More than a million clients.
    static final long LARGEST = 20_000_000;

    private ClientList() {}

    sealed interface Result permits Rejected, Read {}

    record Rejected(FileCode code) implements Result {}

    record Read(ListedClients clients) implements Result {}

    /// @param spellings the ids under which a listed one may be stored; asked of a list that can be read
    /// @throws software.amazon.awssdk.services.s3.model.NoSuchKeyException if it was deleted
    static Result read(DataBucket bucket, Upload list, Supplier<Spellings> spellings) throws IOException {
        Path file = Files.createTempFile("erasure", "");
        try {
            try (InputStream in = bucket.open(list.key(), list.version())) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            ReadingOptions standard = ReadingOptions.of(Configuration.DEFAULT, null);
            ReadingOptions options =
                    standard.within(new Limits(LARGEST, standard.limits().line()));
            return switch (RawFile.read(file, list.name(), null, options)) {
                case RawFile.Rejected(FileCode code, String _) -> new Rejected(code);
                case RawFile.Read read -> ids(read, spellings);
            };
        } finally {
            Files.delete(file);
        }
    }

    /// The column whose header may be that of `client_id`; a list of one column needs no header.
    private static Result ids(RawFile.Read read, Supplier<Spellings> spellings) {
        TableSchema registry = Tables.load().registry();
        int place = -1;
        for (int i = 0; i < read.header().size(); i++) {
            Column column = registry.column(read.header().get(i));
            if (column != null && column.name().equals("client_id")) {
                place = i;
            }
        }
        if (place < 0 && read.header().size() > 1) {
            return new Rejected(FileCode.COLUMNS_MISSING);
        }
        Set<String> ids = new LinkedHashSet<>();
        if (place < 0) {
            place = 0;
            ids.add(read.header().getFirst().strip());
        }
        for (List<String> row : read.rows()) {
            ids.add(place < row.size() ? row.get(place).strip() : "");
        }
        ids.remove("");
        Spellings known = spellings.get();
        return new Read(new ListedClients(ids, known::of, known::formsOf));
    }
}
