package clientkpis.reading;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Aliases;
import clientkpis.reading.format.RowLayout;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges the rows of the table `aliases`: an alias is one client's, and nobody's id. The file does not say which of
/// two clients is meant, so both rows are rejected; it is read again when the first one was accepted already.
final class AliasRows {
    /// Of a tenant: every upload is read with all of them in memory, some 400 bytes each.
    static final int MOST = 500_000;

    private final Aliases known;
    private final int client;
    private final int alias;
    private final Map<String, String> claims = new HashMap<>();
    private final Set<String> contested = new HashSet<>();
    private boolean misread;
    /// How many that are not stored yet.
    private int fresh;

    private AliasRows(Columns columns, Aliases known) {
        this.known = known;
        List<String> names = columns.all().stream().map(Column::name).toList();
        client = names.indexOf("client_id");
        alias = names.indexOf("alias");
    }

    /// @return null for another table
    static @Nullable AliasRows of(Columns columns, Aliases known) {
        return columns.table().name().equals(Tables.ALIASES) ? new AliasRows(columns, known) : null;
    }

    /// @return whether the rows that were read are to be read again
    boolean begin() {
        boolean again = misread;
        misread = false;
        claims.clear();
        fresh = 0;
        return again;
    }

    List<Receipt.Problem> check(long line, @Nullable String[] cells, RowLayout layout) {
        String of = Objects.requireNonNull(cells[client]);
        String written = Objects.requireNonNull(cells[alias]);
        String form = AliasForm.of(written);
        Set<String> registered = known.registered().getOrDefault(form, Set.of());
        String stored = known.clients().get(form);
        Sentence expected = null;
        if (registered.contains(written) || registered.stream().anyMatch(id -> !id.equals(of))) {
            expected = Sentence.of("alias.registered");
        } else if (stored != null && !known.clientOf(stored).equals(of)) {
            expected = Sentence.of("alias.claimed", stored);
        } else {
            String first = contested.contains(form) ? "" : claims.get(form);
            if (first != null && !first.equals(of)) {
                misread |= contested.add(form);
                expected = Sentence.of("alias.claimed_twice");
            } else if (stored == null
                    && first == null
                    && fresh >= MOST - known.clients().size()) {
                return List.of(
                        layout.problem(line, alias, RowCode.OUT_OF_RANGE, written, Sentence.of("alias.most", MOST)));
            } else if (claims.put(form, of) == null && stored == null) {
                fresh++;
            }
        }
        return expected == null
                ? List.of()
                : List.of(layout.problem(line, alias, RowCode.ALIAS_TAKEN, written, expected));
    }
}
