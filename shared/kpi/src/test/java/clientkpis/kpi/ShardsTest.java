package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShardsTest {
    @Test
    void theShardOfAClientNeverChanges() {
        // The last four bits of the CRC-32 of the id's UTF-8 bytes; 0xCBF43926 is the checksum's own check value.
        assertThat(Shards.of("123456789")).isEqualTo(0x6);
    }

    @Property
    void thereAreSixteen(@ForAll String clientId) {
        assertThat(Shards.of(clientId)).isBetween(0, 15);
    }
}
