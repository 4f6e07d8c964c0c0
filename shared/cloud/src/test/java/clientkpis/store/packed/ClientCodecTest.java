package clientkpis.store.packed;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.upload.Hash;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ClientCodecTest {
    /// With another one, no stored client can be read.
    @Test
    void theDictionaryNeverChanges() {
        assertThat(Hash.of(HexFormat.of().formatHex(ClientCodec.DICTIONARY), 16))
                .isEqualTo("d3b9da5717395c8f");
        assertThat(PackedWriter.WORDS)
                .containsExactly(
                        "risk",
                        "opportunity",
                        "neutral",
                        "red",
                        "yellow",
                        "green",
                        "upload",
                        "daily",
                        "configuration",
                        "override");
    }
}
