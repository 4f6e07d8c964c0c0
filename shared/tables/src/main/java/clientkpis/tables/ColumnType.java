package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the cells of a column are, by the names that Frictionless Table Schema gives them.
public enum ColumnType {
    @JsonProperty("string")
    STRING,
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("integer")
    INTEGER,
    @JsonProperty("boolean")
    BOOLEAN,
    @JsonProperty("date")
    DATE,
    /// A number, a date or text, as read: a tenant's own column (`custom.NAME`).
    @JsonProperty("any")
    ANY,
    /// The name or label of a field of the client table.
    @JsonProperty("clientField")
    FIELD,
    /// A value of the field that the row's column of type `clientField` names.
    @JsonProperty("clientFieldValue")
    VALUE_OF_FIELD,
    /// The key of an item of the maturity index.
    @JsonProperty("maturityItem")
    MATURITY_ITEM
}
