package clientkpis.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.local.template.Template.Place;
import clientkpis.reading.UploadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The largest file that a configuration may allow fits on the temporary disk of `intake`.
class DiskLimitTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    /// For rejected rows, the part that is written, and what is read of each run at a time.
    private static final long BESIDES = 1L << 30;

    @Test
    void theDiskHoldsTheLargestFile() throws IOException {
        long largest = Json.parse(
                        Files.readString(
                                ROOT.resolve(
                                        "shared/configuration-check/src/main/resources/clientkpis/configuration/check/configuration.schema.json")))
                .at("/properties/uploads/properties/maxDecompressedBytes/maximum")
                .asLong();
        long disk = Template.read(
                                ROOT.resolve("template.yaml"),
                                new Place("st", "sa-east-1", "123456789012", "http://127.0.0.1:1"),
                                Map.of())
                        .get("intakeFunction", "AWS::Serverless::Function")
                        .properties()
                        .at("/EphemeralStorage/Size")
                        .asLong()
                << 20;

        assertThat((long) (largest * UploadFile.DISK) + BESIDES).isLessThanOrEqualTo(disk);
        assertThat(Configuration.DEFAULT.uploads().maxDecompressedBytes()).isLessThanOrEqualTo(largest);
    }
}
