/// Would a configuration have warned of the clients who left? Every measure with its counts.
@NullMarked
package clientkpis.kpi.rehearsal.backtest;

import org.jspecify.annotations.NullMarked;
