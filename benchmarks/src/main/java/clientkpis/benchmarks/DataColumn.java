package clientkpis.benchmarks;

import java.util.List;

/// A column of an upload table.
///
/// @param name the column's name in the specification
/// @param kind what its cells hold
/// @param use whether a cell may be blank, or belongs to the row's key
/// @param headers the names under which exports carry it, in Portuguese and English, with spaces and accents
record DataColumn(String name, Kind kind, Use use, List<String> headers) {

    /// What a cell holds, and the Java type of its value in a [DataRow].
    enum Kind {
        /// Text compared as it is; a `String`.
        ID,
        /// A `String`.
        TEXT,
        /// A `LocalDate`.
        DATE,
        /// A `BigDecimal` of scale 2.
        MONEY,
        /// An `Integer`.
        WHOLE,
        /// A `Boolean`.
        BOOLEAN
    }

    /// Whether a cell may be blank.
    enum Use {
        OPTIONAL,
        REQUIRED,
        /// Required, and a part of the key.
        KEY
    }

    static DataColumn key(String name, Kind kind, String... headers) {
        return new DataColumn(name, kind, Use.KEY, List.of(headers));
    }

    static DataColumn required(String name, Kind kind, String... headers) {
        return new DataColumn(name, kind, Use.REQUIRED, List.of(headers));
    }

    static DataColumn optional(String name, Kind kind, String... headers) {
        return new DataColumn(name, kind, Use.OPTIONAL, List.of(headers));
    }

    static DataColumn clientId() {
        return key("client_id", Kind.ID, "client id", "id original", "id cliente", "id legacy", "cnpj", "cpf");
    }
}
