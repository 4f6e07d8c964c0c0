package clientkpis.trainings;

import java.time.LocalDate;

/// A training that was held.
public record Training(LocalDate heldOn) {}
