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
    ANY
}
