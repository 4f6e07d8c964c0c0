package clientkpis.reading.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.reading.Reading;
import clientkpis.receipt.FileCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
    private static final byte[] TEXT = text(3_000);
    private static final byte[] ONE = Reading.gzip(TEXT);

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        new Random(7).nextBytes(text);
        return text;
    }

    private static byte[] read(byte[] gzip) throws IOException {
        try (GzipMembers in = new GzipMembers(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private static void assertBad(byte[] gzip, String what) {
        assertThatThrownBy(() -> read(gzip))
                .isInstanceOfSatisfying(
                        FileRejectedException.class, e -> assertThat(e.code()).isEqualTo(FileCode.BAD_GZIP))
                .hasMessageContaining(what);
    }

    @Test
    void oneMemberIsRead() throws IOException {
        assertThat(read(ONE)).isEqualTo(TEXT);
    }

    @Test
    void severalMembersAreOneText() throws IOException {
        byte[] more = "mais\n".getBytes(StandardCharsets.UTF_8);
        assertThat(read(Reading.joined(ONE, Reading.gzip(more), Reading.gzip(new byte[0]), ONE)))
                .isEqualTo(Reading.joined(TEXT, more, TEXT));
    }

    @Test
    void aHeaderMayHaveEverythingThatRfc1952Has() throws IOException {
        byte[] fields = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0};
        CRC32 crc = new CRC32();
        crc.update(fields);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] body = Arrays.copyOfRange(ONE, 10, ONE.length);

        assertThat(read(Reading.joined(fields, checksum, body))).isEqualTo(TEXT);
        checksum[0]++;
        assertBad(Reading.joined(fields, checksum, body), "checksum of its header");
    }

    @Test
    void zerosBehindTheLastMemberArePadding() throws IOException {
        assertThat(read(Reading.joined(ONE, new byte[100_000]))).isEqualTo(TEXT);
    }

    @Test
    void rubbishBehindTheLastMemberIsNotOverlooked() {
        assertBad(Reading.joined(ONE, new byte[] {'x'}), "after its last part");
        assertBad(Reading.joined(ONE, new byte[5], new byte[] {'x'}), "after its last part");
        assertBad(Reading.joined(ONE, ONE, "rows".getBytes(StandardCharsets.UTF_8)), "after its last part");
    }

    @Test
    void whatIsNotGzipIsSaidToBeNone() {
        assertBad("client_id;name\n".getBytes(StandardCharsets.UTF_8), "is not gzip");
        assertBad(new byte[0], "is empty");
    }

    @Test
    void aFileCutAnywhereIsNoticed() {
        byte[] two = Reading.joined(ONE, Reading.gzip("fim".getBytes(StandardCharsets.UTF_8)));
        for (int length = 1; length < two.length; length++) {
            if (length != ONE.length) { // there the first member is a whole file
                byte[] cut = Arrays.copyOf(two, length);
                assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(FileRejectedException.class);
            }
        }
    }

    @Property(tries = 2_000)
    void aFlippedBitIsNoticedOrChangesNothing(@ForAll @IntRange(max = 60_000) int bit) throws IOException {
        byte[] two = Reading.joined(ONE, ONE);
        int flipped = bit % (two.length * 8);
        two[flipped / 8] ^= (byte) (1 << (flipped % 8));
        try {
            assertThat(read(two)).isEqualTo(Reading.joined(TEXT, TEXT));
        } catch (FileRejectedException e) {
            assertThat(e.code()).isEqualTo(FileCode.BAD_GZIP);
        }
    }

    @Property(tries = 200)
    void anyBytesInAnyMembersAreReadBack(@ForAll @Size(max = 5) byte[][] pieces) throws IOException {
        byte[] gzip = Reading.joined(Arrays.stream(pieces).map(Reading::gzip).toArray(byte[][]::new));
        if (pieces.length > 0) {
            assertThat(read(gzip)).isEqualTo(Reading.joined(pieces));
        }
    }
}
