package clientkpis.function;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What a family makes of the documents of its table.
///
/// @param <R> one row of the table
record FamilyDocuments<R>(KpiFamily<R> family, TableSchema schema) {
    FamilyDocuments(KpiFamily<R> family) {
        this(family, FamilyFunction.schema(family.table()));
    }

    /// Whether its rows register clients.
    boolean registers() {
        return schema.name().equals(Tables.REGISTRY);
    }

    String key(Row row) {
        return FamilyFunction.rowKey(schema, row);
    }

    List<KpiFamily.Read<R>> read(Document document) {
        return document.allRows().stream()
                .map(row -> new KpiFamily.Read<>(row, family.read(row)))
                .toList();
    }

    Client.Facet facet(Document document, LocalDate day) {
        return facet(document, read(document), day);
    }

    /// @param read the document's rows
    Client.Facet facet(Document document, List<KpiFamily.Read<R>> read, LocalDate day) {
        List<R> rows = read.stream().map(KpiFamily.Read::read).toList();
        Map<String, Timeline> timelines = rows.isEmpty() ? Map.of() : family.timelines(rows, day);
        return new Client.Facet(
                document.version(), String.valueOf(document.lastUploadId()), !rows.isEmpty(), timelines);
    }

    /// The rows that are behind the family's fields.
    List<FieldRecords> behind(List<KpiFamily.Read<R>> rows, LocalDate day) {
        return rows.isEmpty() ? List.of() : family.records(rows, day);
    }
}
