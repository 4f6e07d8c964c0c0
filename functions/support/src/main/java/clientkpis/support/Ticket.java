package clientkpis.support;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A call for support.
///
/// @param slaOn the day until which it should be closed; a ticket without one is never above its SLA
public record Ticket(@Nullable LocalDate slaOn, @Nullable LocalDate closedOn) {}
