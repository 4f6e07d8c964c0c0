package clientkpis.fuzz;

import clientkpis.reading.AnyFile;
import java.io.IOException;

/// CSV in any encoding, and whatever else has no other name: workbooks and archives too.
public final class CsvFuzz {
    private CsvFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        AnyFile.check(input, "x.csv");
    }
}
