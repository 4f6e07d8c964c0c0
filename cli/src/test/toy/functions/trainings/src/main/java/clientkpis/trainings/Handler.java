package clientkpis.trainings;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `trainings`.
public final class Handler extends FamilyFunction<Trainings.Training> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Trainings(), variables);
    }
}
