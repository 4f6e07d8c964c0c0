package clientkpis.fuzz;

import clientkpis.reading.AnyFile;
import java.io.IOException;

/// JSON lines.
public final class JsonLinesFuzz {
    private JsonLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        AnyFile.check(input, "x.jsonl");
    }
}
