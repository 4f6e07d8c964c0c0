package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.format.SearchedFile;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Finds out whether an object names a client, in whatever encoding intake reads, in one pass.
final class TextSearch {
    private final DataBucket bucket;
    private final ListedClients clients;

    TextSearch(DataBucket bucket, ListedClients clients) {
        this.bucket = bucket;
        this.clients = clients;
    }

    boolean names(String key) throws IOException {
        try (InputStream object = bucket.open(key, null)) {
            return SearchedFile.any(object, clients::isNamedIn);
        } catch (NoSuchKeyException e) {
            return false;
        } catch (FileRejectedException e) {
            return true; // It cannot be read to its end: it is safer to say so.
        }
    }
}
