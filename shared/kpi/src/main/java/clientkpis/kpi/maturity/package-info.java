/// The company's own maturity index (CSMI) and the figures of its portfolio that are reported beside it.
@NullMarked
package clientkpis.kpi.maturity;

import org.jspecify.annotations.NullMarked;
