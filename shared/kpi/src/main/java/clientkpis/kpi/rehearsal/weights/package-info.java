/// Weights that would have put more of the clients who left below those who stayed. Suggested, never applied.
@NullMarked
package clientkpis.kpi.rehearsal.weights;

import org.jspecify.annotations.NullMarked;
