package clientkpis.playbooks;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A playbook of a client.
///
/// @param completedOn null while it is not completed
public record Playbook(String name, @Nullable LocalDate completedOn) {}
