/// The company's own maturity index (CSMI) and the figures of its portfolio beside it.
@NullMarked
package clientkpis.kpi.maturity;

import org.jspecify.annotations.NullMarked;
