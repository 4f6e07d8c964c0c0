package clientkpis.reading.bytes;

import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be read more than once.
public interface Bytes {
    InputStream open() throws IOException;
}
