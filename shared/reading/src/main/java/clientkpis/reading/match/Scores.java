package clientkpis.reading.match;

import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.HashSet;
import java.util.Set;

/// How well each header of a file means each column of a table: by its words, and by the cells below it.
public final class Scores {
    /// The least score of a header that fills a required column, and an optional one.
    static final int REQUIRED = 60;

    static final int OPTIONAL = 75;

    private static final Set<String> OF_PERSONS = Set.of("first", "person", "name", "phone", "email");
    private static final int ROW_ID = 97;
    private static final int WITH_TAX_IDS = 12;
    private static final int NOT_UNIQUE = 30;
    private static final int NOT_FILLED = 15;
    private static final int UNKNOWN_THING = 12;
    /// What is left of a score above the floor where the cells speak against the header.
    private static final int RATHER_NOT = 10;
    /// With fewer rows two equal cells say nothing about a key.
    private static final int ENOUGH_ROWS = 4;

    private final Columns columns;
    private final HeaderRow row;

    Scores(Columns columns, HeaderRow row) {
        this.columns = columns;
        this.row = row;
    }

    public HeaderRow row() {
        return row;
    }

    /// The same file and table, with the members of JSON objects in cells as headers.
    public Scores withMembers() {
        HeaderRow deeper = row.withMembers();
        return deeper == row ? this : new Scores(columns, deeper);
    }

    static int floor(Column column) {
        return column.required() ? REQUIRED : OPTIONAL;
    }

    /// 0 (not at all) to about 100.
    public int of(int header, Column column) {
        int score = Math.max(byName(header, column), isRowId(header, column) ? ROW_ID : 0);
        if (score == 0 || !fits(header, column)) {
            return 0;
        }
        int known = score + byCells(header, column);
        int above = known - floor(column);
        // It is a guess where there is no other.
        return above > 0 && isWeak(header, column) ? floor(column) + above / RATHER_NOT : known;
    }

    private boolean isWeak(int header, Column column) {
        return row.isBlank(header) || isOneForAll(header, column);
    }

    /// Whether all rows have the same cell where they should have a client: the company itself, or an account of its
    /// books.
    boolean isOneForAll(int header, Column column) {
        return column.name().equals("client_id")
                && row.rows() >= ENOUGH_ROWS
                && row.profile(header).words().size() == 1;
    }

    /// By the words of the header alone.
    public int byName(int header, Column column) {
        return HeaderWords.load().score(row.name(header), columns.table().name(), column.name());
    }

    /// Where rows have numbers or codes of their own, these are in the first column, and its header says no more than
    /// that.
    private boolean isRowId(int header, Column column) {
        return header == 0
                && columns.table().identifies(column)
                && !column.name().equals("client_id")
                && row.name(0).concepts().equals(Set.of("id"))
                && row.name(0).unknown() == 0
                && row.rows() >= ENOUGH_ROWS
                && row.profile(0).filled() == row.rows()
                && row.profile(0).isUnique();
    }

    private boolean fits(int header, Column column) {
        if (column.required() && row.isBlank(header)) {
            return false;
        }
        ColumnProfile profile = row.profile(header);
        // `Recorrência` is how often it is paid, or how much.
        boolean unsaid = column.name().equals("value")
                && row.name(header).concepts().equals(Set.of("recurrence"))
                && !profile.isAmount();
        // How many users there are, and not which.
        boolean counted = column.name().equals("user_id") && profile.isNumber() && profile.zeros() > 0;
        return !unsaid && !counted && profile.fits(column) && (!column.name().equals("score") || profile.isScore());
    }

    private int byCells(int header, Column column) {
        ColumnProfile profile = row.profile(header);
        int score = 0;
        if (columns.table().identifies(column) && row.rows() >= ENOUGH_ROWS && !profile.isUnique()) {
            score -= NOT_UNIQUE;
        }
        if (column.required() && row.rows() >= ENOUGH_ROWS && profile.filled() < row.rows()) {
            boolean rare = profile.filled() * 2 < row.rows();
            score -= rare && columns.table().identifies(column) ? 2 * NOT_FILLED : NOT_FILLED;
        }
        if (column.required()
                && column.type() == ColumnType.STRING
                && row.name(header).isUnknownThing()) {
            score -= UNKNOWN_THING;
        }
        if (column.name().equals("client_id") && profile.isTaxId()) {
            score += WITH_TAX_IDS;
        }
        return score;
    }

    /// How much the words of the whole header line say that it is this table's.
    int signs() {
        Set<String> concepts = new HashSet<>();
        for (int i = 0; i < row.headers().size(); i++) {
            Set<String> said = row.name(i).concepts();
            // The last activity of a client or of a deal is not what the row is about.
            if (!said.contains("last")) {
                // Nor is the person whom a date is about.
                said.stream()
                        .filter(concept -> !said.contains("date") || !OF_PERSONS.contains(concept))
                        .forEach(concepts::add);
            }
        }
        return HeaderWords.load().signs(concepts, columns.table().name());
    }
}
