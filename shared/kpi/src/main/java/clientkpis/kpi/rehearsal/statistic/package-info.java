/// The measures of a backtest: shares, AUCs over pairs of a landmark, their differences and intervals.
@NullMarked
package clientkpis.kpi.rehearsal.statistic;

import org.jspecify.annotations.NullMarked;
