package clientkpis.store.packed;

import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A SenseScore: the names, fields and weights of its parts, which most clients have in common, then its numbers.
final class ScoreCodec {
    private ScoreCodec() {}

    static void write(PackedWriter out, SenseScore score) {
        List<SenseScore.Part> parts = score.parts();
        out.number(parts.size());
        parts.forEach(part -> out.text(part.name()).text(part.field()));
        parts.forEach(part -> out.decimal(part.weight()));
        parts.forEach(part -> out.decimal(part.value()).decimal(part.points()).decimal(part.contribution()));
        out.decimal(score.value()).word(label(score.band())).decimal(score.coverage());
        SenseScore.Below below = score.below();
        out.number(below == null ? 0 : 1);
        if (below != null) {
            out.decimal(below.value()).word(label(below.band()));
        }
    }

    static SenseScore read(PackedReader in) {
        int size = in.count();
        List<String> names = in.several(2 * size, PackedReader::text);
        List<BigDecimal> weights = in.several(size, i -> Objects.requireNonNull(i.decimal()));
        List<SenseScore.Part> parts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            parts.add(new SenseScore.Part(
                    names.get(2 * i), names.get(2 * i + 1), weights.get(i), in.decimal(), in.decimal(), in.decimal()));
        }
        return new SenseScore(
                in.decimal(),
                band(in),
                in.decimal(),
                parts,
                in.number() == 0 ? null : new SenseScore.Below(in.decimal(), band(in)));
    }

    private static @Nullable String label(@Nullable Band band) {
        return band == null ? null : band.label();
    }

    private static @Nullable Band band(PackedReader in) {
        String label = in.wordOrNull();
        return label == null ? null : Band.labelled(label);
    }
}
