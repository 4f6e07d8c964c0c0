package clientkpis.tables;

/// What the cells of a column are, by the names that Frictionless Table Schema gives them.
public enum ColumnType {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    DATE,
    /// A number, a date or text, as read: a tenant's own column (`custom.NAME`).
    ANY,
    /// The name or label of a field of the client table.
    CLIENT_FIELD,
    /// A value of the field that the row's column of type `clientField` names.
    CLIENT_FIELD_VALUE,
    /// The key of an item of the maturity index.
    MATURITY_ITEM
}
