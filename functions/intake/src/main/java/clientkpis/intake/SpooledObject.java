package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// The version of an object that is an upload, on the disk.
final class SpooledObject {
    private SpooledObject() {}

    /// @param to a file that does not exist
    /// @return why it cannot be judged; null if it is there
    static Receipt.@Nullable Reason fetch(DataBucket bucket, Upload upload, Configuration configuration, Path to)
            throws IOException {
        long most = configuration.uploads().maxDecompressedBytes();
        if (upload.size() > most) {
            return new Receipt.Reason(
                    FileCode.TOO_LARGE, Sentence.of("too_large.upload", upload.size(), most), configuration.language());
        }
        try (InputStream in = bucket.open(upload.key(), upload.version())) {
            Files.copy(in, to);
            return null;
        } catch (NoSuchKeyException | InvalidObjectStateException e) {
            return new Receipt.Reason(FileCode.UNAVAILABLE, Sentence.of("unavailable"), configuration.language());
        }
    }
}
