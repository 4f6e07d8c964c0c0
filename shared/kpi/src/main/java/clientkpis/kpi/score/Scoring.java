package clientkpis.kpi.score;

import java.util.List;

/// How a SenseScore is calculated: from which indicators, and where its bands begin.
public record Scoring(List<Indicator> indicators, Band.Cuts bands) {
    public Scoring {
        indicators = List.copyOf(indicators);
    }
}
