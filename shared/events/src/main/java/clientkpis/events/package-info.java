/// What the suite publishes: one record per `detail-type`. The JSON Schemas in `events/` and the tables of
/// `docs/events.md` are generated from these records and their descriptions (`./dev examples`).
@NullMarked
package clientkpis.events;

import org.jspecify.annotations.NullMarked;
