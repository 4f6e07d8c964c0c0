package clientkpis.reading.propose;

import clientkpis.kpi.TaxId;
import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.HeaderRow;
import clientkpis.tables.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Whose rows the files of several systems are: in each the column whose cells are clients of the registry among them,
/// by their id, else by a name that the registry has.
public final class ClientJoin {
    /// In percent of the different cells of a column.
    private static final int MANY = 30;

    private static final int SHARED = 85;
    /// A registry that is not joined shows each client twice.
    private static final int REGISTRY = 3;

    private final List<ColumnMatch> files;
    /// The header of the clients in each file, or -1.
    private final int[] chosen;

    private ClientJoin(List<ColumnMatch> files, List<Integer> headers) {
        this.files = files;
        chosen = headers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The header of each file's clients, -1 where none is found.
    ///
    /// @param headers what is found by each file alone
    public static List<Integer> of(List<ColumnMatch> files, List<Integer> headers) {
        ClientJoin join = new ClientJoin(files, headers);
        boolean registry = false;
        for (int i = 0; i < files.size() && files.size() > 1; i++) {
            if (join.isRegistry(i)) {
                registry = true;
                join.chooseId(i);
            }
        }
        if (registry) {
            join.follow();
        }
        return Arrays.stream(join.chosen).boxed().toList();
    }

    private boolean isRegistry(int file) {
        return chosen[file] >= 0 && isOfRegistry(files.get(file));
    }

    private static boolean isOfRegistry(ColumnMatch file) {
        return file.columns().table().primaryKey().size() == 1;
    }

    public static int confidence() {
        return SHARED;
    }

    /// Whether client ids of the files are tax ids that are not all printed in the same way.
    public static boolean haveTaxIdsInSeveralForms(List<ColumnMatch> files, List<Integer> headers) {
        Set<Boolean> forms = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            int header = headers.get(i);
            HeaderRow row = files.get(i).scores().row();
            if (header >= 0
                    && header < row.headers().size()
                    && row.profile(header).isTaxId()) {
                row.profile(header)
                        .words()
                        .keySet()
                        .forEach(cell -> TaxId.printed(cell).ifPresent(printed -> forms.add(printed.equals(cell))));
            }
        }
        return forms.size() > 1;
    }

    /// Whether two registries among the files have the same clients under ids that are written in two ways.
    ///
    /// @param match how ids of clients are taken
    public static boolean haveClientsTwice(List<ColumnMatch> files, List<Integer> headers, ClientIdMatch match) {
        Set<String> plain = new HashSet<>();
        Set<String> taken = new HashSet<>();
        boolean twice = false;
        for (int i = 0; i < files.size(); i++) {
            if (headers.get(i) >= 0 && isOfRegistry(files.get(i))) {
                Set<String> ids = cells(files.get(i), headers.get(i), ClientJoin::id);
                Set<String> stored = cells(files.get(i), headers.get(i), cell -> match.id(Blank.trim(cell)));
                twice |= ids.stream().filter(plain::contains).count()
                        > stored.stream().filter(taken::contains).count();
                plain.addAll(ids);
                taken.addAll(stored);
            }
        }
        return twice;
    }

    /// The column of a registry by which most other files name their clients.
    private void chooseId(int file) {
        ColumnMatch registry = files.get(file);
        int before = chosen[file];
        int best = before;
        int most = before < 0 ? 0 : joined(file, before);
        for (int header = 0; header < registry.header().size(); header++) {
            if (mayBeClient(registry, header) && isId(registry, header)) {
                int joined = joined(file, header);
                if (joined > most) {
                    most = joined;
                    best = header;
                }
            }
        }
        chosen[file] = best;
    }

    private static boolean isId(ColumnMatch registry, int header) {
        HeaderRow row = registry.scores().row();
        return row.profile(header).isUnique() && row.profile(header).filled() == row.rows();
    }

    private int joined(int registry, int header) {
        Set<String> ids = cells(files.get(registry), header, ClientJoin::id);
        int joined = 0;
        for (int file = 0; file < files.size(); file++) {
            ColumnMatch other = files.get(file);
            for (int i = 0; file != registry && i < other.header().size(); i++) {
                if (mayBeClient(other, i) && share(other, i, ids, ClientJoin::id) >= MANY) {
                    joined += isOfRegistry(other) ? REGISTRY : 1;
                    break;
                }
            }
        }
        return joined;
    }

    private void follow() {
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            if (isRegistry(i)) {
                ids.addAll(cells(files.get(i), chosen[i], ClientJoin::id));
                addNames(files.get(i), names);
            }
        }
        for (int i = 0; i < files.size(); i++) {
            if (!isOfRegistry(files.get(i))) {
                chosen[i] = best(i, ids, names);
            }
        }
    }

    private static void addNames(ColumnMatch registry, Set<String> names) {
        for (int i = 0; i < registry.header().size(); i++) {
            if (registry.scores().row().profile(i).isUnique()) {
                cells(registry, i, ClientJoin::name).stream()
                        .filter(name -> name.chars().anyMatch(Character::isLetter))
                        .forEach(names::add);
            }
        }
    }

    private int best(int at, Set<String> ids, Set<String> names) {
        ColumnMatch file = files.get(at);
        int before = chosen[at];
        int best = before;
        int most = before < 0 ? 0 : shared(file, before, ids, names);
        for (int i = 0; i < file.header().size(); i++) {
            int shared = mayBeClient(file, i) ? shared(file, i, ids, names) : 0;
            if (shared > most) {
                most = shared;
                best = i;
            }
        }
        return best;
    }

    /// An id is worth more than a name. Of two shares that are large the first counts.
    private static int shared(ColumnMatch file, int header, Set<String> ids, Set<String> names) {
        return share(file, header, ids, ClientJoin::id) >= MANY
                ? 2
                : share(file, header, names, ClientJoin::name) >= MANY ? 1 : 0;
    }

    private static boolean mayBeClient(ColumnMatch file, int header) {
        Column client = file.columns().table().named("client_id");
        HeaderRow row = file.scores().row();
        return client != null
                && !row.name(header).concepts().contains("own")
                && (file.scores().byName(header, client) > 0
                        || row.profile(header).isTaxId());
    }

    /// How many of a hundred different cells are among the values.
    private static int share(ColumnMatch file, int header, Set<String> values, UnaryOperator<String> form) {
        Set<String> cells = cells(file, header, form);
        long shared = cells.stream().filter(values::contains).count();
        return cells.isEmpty() ? 0 : (int) (shared * 100 / cells.size());
    }

    private static Set<String> cells(ColumnMatch file, int header, UnaryOperator<String> form) {
        Set<String> cells = new HashSet<>();
        if (header >= 0) {
            file.scores().row().profile(header).words().keySet().forEach(cell -> cells.add(form.apply(cell)));
        }
        return cells;
    }

    /// Without punctuation and the zeros in front.
    private static String id(String cell) {
        String plain = name(cell);
        int zeros = 0;
        while (zeros < plain.length() - 1 && plain.charAt(zeros) == '0') {
            zeros++;
        }
        return plain.substring(zeros);
    }

    private static String name(String cell) {
        StringBuilder name = new StringBuilder();
        Texts.fold(cell).chars().filter(Character::isLetterOrDigit).forEach(c -> name.append((char) c));
        return name.toString();
    }
}
