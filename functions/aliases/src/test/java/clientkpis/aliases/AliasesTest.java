package clientkpis.aliases;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AliasesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-10");
    private final Aliases family = new Aliases();

    @Test
    void theFieldListsTheAliasesInOrder() {
        List<Aliases.Alias> aliases = List.of(alias("Padaria Sol"), alias("8812"));
        assertThat(family.timelines(aliases, DAY).get("aliases").at(DAY))
                .isEqualTo(new Value.Text("8812; Padaria Sol"));
    }

    @Test
    void aLongListIsCutBetweenAliases() {
        List<Aliases.Alias> aliases = IntStream.range(100, 200)
                .mapToObj(i -> alias(i + "x".repeat(253)))
                .toList();
        Value.Text text =
                (Value.Text) family.timelines(aliases, DAY).get("aliases").at(DAY);
        assertThat(text.text().length()).isLessThanOrEqualTo(4096);
        assertThat(text.text().split("; ", -1)).hasSize(15).allMatch(one -> one.length() == 256);
    }

    private Aliases.Alias alias(String alias) {
        return family.read(new Row(Map.of("client_id", "c1", "alias", alias)));
    }
}
