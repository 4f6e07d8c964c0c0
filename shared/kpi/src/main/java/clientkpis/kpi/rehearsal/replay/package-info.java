/// How configurations would have judged the days of a past: what the daily recalculation does, once more.
@NullMarked
package clientkpis.kpi.rehearsal.replay;

import org.jspecify.annotations.NullMarked;
