package clientkpis.aliases;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// The field `aliases`: a client's aliases, so that people find the client by them. That rows come to the client under
/// an alias is not its work (`AliasClaims`).
public final class Aliases implements KpiFamily<Aliases.Alias> {
    private static final String SEPARATOR = "; ";
    /// As long as a text may be; a client is one item with all its fields. The rest is left out.
    private static final int LONGEST = 4096;

    /// Another id or name of a client.
    public record Alias(String alias) {}

    @Override
    public String table() {
        return "aliases";
    }

    @Override
    public Alias read(Row row) {
        return new Alias(row.required("alias"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Alias> aliases, LocalDate from) {
        StringBuilder all = new StringBuilder();
        for (String alias :
                aliases.stream().map(Alias::alias).sorted(CodePoints.ORDER).toList()) {
            String next = (all.isEmpty() ? "" : SEPARATOR) + alias;
            if (all.length() + next.length() > LONGEST) {
                break;
            }
            all.append(next);
        }
        return Map.of("aliases", Timeline.constant(from, new Value.Text(all.toString())));
    }
}
