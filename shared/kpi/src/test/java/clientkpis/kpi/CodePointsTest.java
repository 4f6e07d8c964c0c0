package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodePointsTest {
    @Test
    void whatIsBeyondTheBasicPlaneComesAfterAllThatIsInIt() {
        assertThat(CodePoints.ORDER.compare("\uD83D\uDE00", "\uFF21")).isPositive();
        assertThat("\uD83D\uDE00".compareTo("\uFF21")).isNegative();
    }

    @Test
    void idsAreTextAndNotNumbers() {
        assertThat(CodePoints.ORDER.compare("10", "9")).isNegative();
        assertThat(CodePoints.ORDER.compare("007", "7")).isNegative();
    }

    @Test
    void aPrefixComesFirst() {
        assertThat(CodePoints.ORDER.compare("a", "ab")).isNegative();
        assertThat(CodePoints.ORDER.compare("ab", "ab")).isZero();
    }

    @Property
    void theOrderIsThatOfUtf8Bytes(@ForAll("texts") String a, @ForAll("texts") String b) {
        int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(CodePoints.ORDER.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }

    /// Short texts of few code points, around the edges of the planes, so that prefixes are often shared.
    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of(0x61, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF)
                .map(Character::toString)
                .list()
                .ofMaxSize(4)
                .map(points -> String.join("", points));
    }
}
