package clientkpis.trainings;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `trainings` in.
public final class TrainingsFunction extends FamilyFunction<Training> {
    public TrainingsFunction() {
        this(System.getenv());
    }

    public TrainingsFunction(Map<String, String> environment) {
        super(new Trainings(), environment);
    }
}
