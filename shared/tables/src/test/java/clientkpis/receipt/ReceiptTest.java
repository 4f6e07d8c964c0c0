package clientkpis.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.kpi.configuration.Language;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(
                            Path.of(System.getProperty("clientkpis.root"), "events", "receipt.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Receipt applying() {
        return new Receipt(
                "contratos.csv-1",
                "acme",
                "contracts",
                "uploads/acme/contracts/contratos.csv",
                "v1",
                Receipt.Mode.UPSERT,
                Receipt.Status.APPLYING,
                null,
                new Receipt.Format("windows-1252", ";", "gzip", 2L, List.of(new Receipt.SkippedLine(1, "Relatório"))),
                "omie/contratos",
                new Receipt.Columns(
                        List.of(new Receipt.UsedColumn("value", "Valor")),
                        List.of("Obs"),
                        List.of(new Receipt.UsedColumn("value", "Total")),
                        List.of("licences")),
                Receipt.Rows.read(7, 2, 1, 1),
                null,
                new Receipt.Problems(
                        Map.of("blank", 1L, "extra_cells", 1L),
                        List.of(
                                new Receipt.Problem(4, "value", RowCode.BLANK, "", "a value"),
                                new Receipt.Problem(9, null, RowCode.EXTRA_CELLS, "x", "at most 7 cells"))),
                Receipt.RejectedRows.at("receipts/acme/contracts/contratos.csv-1.rejected.csv", Language.ENGLISH),
                List.of(Warning.of(WarningCode.UNKNOWN_WORDS, 3, List.of("status: past_due"))
                        .in(Language.ENGLISH)),
                List.of(new ColumnWords("status", List.of(new ColumnWords.Word("past_due", 3, ColumnWords.UNKNOWN)))),
                "en");
    }

    private static Receipt stopped(Receipt.Status status, FileCode code) {
        return new Receipt(
                "x",
                "acme",
                null,
                "uploads/acme/x",
                null,
                Receipt.Mode.UPSERT,
                status,
                new Receipt.Reason(code, "Why."),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Receipt applied() {
        return applying()
                .applied(
                        4,
                        2,
                        1,
                        0,
                        0,
                        new Receipt.Clients(
                                5,
                                1L,
                                2L,
                                1L,
                                List.of(new Receipt.Unregistered("007", "7"), new Receipt.Unregistered("8", null))));
    }

    @Test
    void aReceiptFitsItsSchemaAtEachStatus() {
        assertThat(SCHEMA.validate(applying().toJson(), InputFormat.JSON)).isEmpty();
        assertThat(SCHEMA.validate(applied().toJson(), InputFormat.JSON)).isEmpty();
        assertThat(SCHEMA.validate(
                        stopped(Receipt.Status.QUARANTINED, FileCode.SNAPSHOT_GUARD)
                                .toJson(),
                        InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaKnowsEveryFileCode(FileCode code) {
        assertThat(SCHEMA.validate(stopped(Receipt.Status.REJECTED, code).toJson(), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaKnowsEveryRowCode(RowCode code) {
        Receipt receipt = applying();
        String json = receipt.toJson().replace("\"code\" : \"extra_cells\"", "\"code\" : \"" + code.label() + '"');
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(Receipt.parse(json).problems().first().getLast().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tenant\" : \"acme\" | \"tenant\" : 1",
                "\"status\" : \"applying\" | \"status\" : \"done\"",
                "\"status\" : \"applying\" | \"status\" : \"applied\"",
                "\"status\" : \"applying\" | \"status\" : \"rejected\"",
                "\"status\" : \"applying\" | \"status\" : \"applying\", \"more\" : 1",
                "\"blank\" : 1 | \"blanks\" : 1",
                "\"headerLine\" : 2 | \"headerLine\" : 0",
                "\"read\" : 10 | \"read\" : 10, \"lost\" : 1"
            })
    void theSchemaIsStrict(String right, String wrong) {
        String json = applying().toJson();
        assertThat(json).contains(right);
        assertThat(SCHEMA.validate(json.replace(right, wrong), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(applying().toJson())
                .doesNotContain("null")
                .doesNotContain("stored")
                .doesNotContain("reason");
    }

    @Test
    void aReceiptIsReadBack() {
        assertThat(Receipt.parse(applying().toJson())).isEqualTo(applying());
        assertThat(Receipt.parse(applied().toJson())).isEqualTo(applied());
    }

    @Test
    void anotherTextIsNoReceipt() {
        assertThatThrownBy(() -> Receipt.parse("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Receipt.parse("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsThatDoNotAddUpAreRefused() {
        assertThatThrownBy(() -> new Receipt.Rows(10, 5, 2, 2, null, null, null, null, null, null))
                .hasMessageContaining("10 rows");
        assertThatThrownBy(() -> applying().applied(4, 2, 2, 0, 0, new Receipt.Clients(5, 1L, 0L, 0L, List.of())))
                .hasMessageContaining("7 accepted rows");
    }

    @Test
    void aReasonBelongsToAnUploadThatWasStopped() {
        assertThatThrownBy(() -> stopped(Receipt.Status.APPLIED, FileCode.EMPTY))
                .hasMessageContaining("reason");
    }

    @Test
    void ofACellTheFirst80CharactersAreShown() {
        String cell = "😀".repeat(81);
        assertThat(new Receipt.Problem(1, "name", RowCode.TOO_LONG, cell, "less").cell())
                .isEqualTo("😀".repeat(80));
    }
}
