/// A configuration tried on the past before it counts: whom it would move, and whether it would have warned of the
/// clients who left. Pure: fed with days, it gives a result.
@NullMarked
package clientkpis.kpi.rehearsal;

import org.jspecify.annotations.NullMarked;
