package clientkpis.reading;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Aliases;
import clientkpis.reading.match.Columns;
import clientkpis.tables.Column;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
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
    /// Of more, only what is stored is asked: a file of so many aliases is not made by people.
    private static final int COMPARED = 1_000_000;

    private final Aliases known;
    private final int client;
    private final int alias;
    private final Map<String, String> claims = new HashMap<>();
    private final Set<String> contested = new HashSet<>();
    private boolean misread;

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
        return again;
    }

    List<Receipt.Problem> check(long line, @Nullable String[] cells) {
        String of = Objects.requireNonNull(cells[client]);
        String written = Objects.requireNonNull(cells[alias]);
        String form = AliasForm.of(written);
        Set<String> registered = known.registered().getOrDefault(form, Set.of());
        String stored = known.clients().get(form);
        String expected = null;
        if (registered.contains(written) || registered.stream().anyMatch(id -> !id.equals(of))) {
            expected = "another id or name of the client: this one is registered as a client";
        } else if (stored != null && !known.clientOf(stored).equals(of)) {
            expected = "an alias of one client: %s claims this one".formatted(stored);
        } else {
            String first = contested.contains(form) ? "" : claims.get(form);
            if (first != null && !first.equals(of)) {
                misread |= contested.add(form);
                expected = "an alias of one client: two clients of the file claim this one";
            } else if (claims.size() < COMPARED) {
                claims.put(form, of);
            }
        }
        return expected == null
                ? List.of()
                : List.of(new Receipt.Problem(line, "alias", RowCode.ALIAS_TAKEN, written, expected));
    }
}
