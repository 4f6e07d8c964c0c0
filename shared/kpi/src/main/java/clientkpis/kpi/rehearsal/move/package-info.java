/// Whom a candidate would move today, and how many changes of situation it would have published.
@NullMarked
package clientkpis.kpi.rehearsal.move;

import org.jspecify.annotations.NullMarked;
