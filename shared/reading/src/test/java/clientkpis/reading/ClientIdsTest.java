package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Aliases;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientIdsTest {
    private static final String PRINTED = "01.999.823/0098-68";

    /// In every table, overrides too.
    @Test
    void aCnpjIsOneClientInEveryTable() {
        for (TableSchema table : Tables.load().all()) {
            if (!table.isOfClients() || table.name().equals("overrides")) {
                continue;
            }
            List<String> header = new ArrayList<>();
            List<String> cells = new ArrayList<>();
            table.requiredColumns().forEach(column -> {
                header.add(column.name());
                cells.add(
                        switch (column.type()) {
                            case DATE -> "2026-10-01";
                            case NUMBER, INTEGER -> "1";
                            default ->
                                switch (column.name()) {
                                    case "client_id" -> "%1$s";
                                    case "alias" -> "also %1$s";
                                    default -> "x";
                                };
                        });
            });
            String row = String.join(";", cells) + "\n";
            assertThat(ids(
                            table.name(),
                            String.join(";", header) + "\n" + row.formatted("1999823009868") + row.formatted(PRINTED)
                                    + row.formatted("01999823009868") + row.formatted("C-1")))
                    .as(table.name())
                    .containsOnly(PRINTED, "C-1");
        }
        assertThat(ids("overrides", "client_id;field;value\n1999823009868;stage;VIP\n"))
                .containsExactly(PRINTED);
    }

    @Test
    void anotherIdStaysAsItIsWritten() {
        Reading titles = Reading.of("billing").matching(ClientIdMatch.CNPJ_CPF);
        assertThat(Reading.rows(titles.csv("client_id;title_id;value;due_on\nC-1;1999823009868;1;2026-10-01\n")))
                .extracting(row -> row.get("title_id"))
                .containsExactly("1999823009868");
    }

    @Test
    void withoutTheSettingAnIdIsText() {
        assertThat(Reading.rows(Reading.of("clients").csv("client_id;name\n1999823009868;A\n" + PRINTED + ";B\n")))
                .extracting(row -> row.get("client_id"))
                .containsExactlyInAnyOrder("1999823009868", PRINTED);
    }

    /// All of them are in memory while a file is read.
    @Test
    void aTenantHasABoundedNumberOfAliases() {
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < AliasRows.MOST - 1; i++) {
            known.put("a" + i, "c1");
        }
        Reading aliases = Reading.of("aliases").knowing(new Aliases(known, Map.of()));
        assertThat(Reading.rows(aliases.csv("client_id;alias\nc1;a1\nc1;new 1\nc1;New-1\nc1;new 2\nc1;a2\n")))
                .extracting(row -> row.get("alias"))
                .containsExactlyInAnyOrder("a1", "new 1", "New-1", "a2");
    }

    private static List<String> ids(String table, String file) {
        return Reading.rows(Reading.of(table).matching(ClientIdMatch.CNPJ_CPF).csv(file)).stream()
                .map((Map<String, String> row) -> row.get("client_id"))
                .toList();
    }
}
