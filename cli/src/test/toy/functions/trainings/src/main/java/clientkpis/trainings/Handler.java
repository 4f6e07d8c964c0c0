package clientkpis.trainings;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// The Lambda function: applies uploads of `trainings`.
public final class Handler extends FamilyFunction<Trainings.Training> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> environment) {
        super(new Trainings(), environment);
    }
}
