package clientkpis.store.packed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Days as their distance from one day, which takes one byte within two months of it.
record Days(LocalDate base) {
    void write(PackedWriter out, @Nullable LocalDate day) {
        out.signedOrNull(day == null ? null : (Long) (day.toEpochDay() - base.toEpochDay()));
    }

    @Nullable
    LocalDate readOrNull(PackedReader in) {
        Long distance = in.signedOrNull();
        return distance == null ? null : base.plusDays(distance);
    }

    LocalDate read(PackedReader in) {
        return Objects.requireNonNull(readOrNull(in));
    }

    /// Ascending days: the first one, and of each other how many days are between it and the one before.
    void writeAscending(PackedWriter out, List<LocalDate> ascending) {
        for (int i = 0; i < ascending.size(); i++) {
            LocalDate day = ascending.get(i);
            if (i == 0) {
                write(out, day);
            } else {
                out.number(day.toEpochDay() - ascending.get(i - 1).toEpochDay() - 1);
            }
        }
    }

    List<LocalDate> readAscending(PackedReader in, int size) {
        List<LocalDate> ascending = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ascending.add(i == 0 ? read(in) : ascending.getLast().plusDays(in.number() + 1));
        }
        return ascending;
    }
}
