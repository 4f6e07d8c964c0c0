/// How MRR moves from one day to another, and what became of those who came in one month.
@NullMarked
package clientkpis.kpi.money;

import org.jspecify.annotations.NullMarked;
