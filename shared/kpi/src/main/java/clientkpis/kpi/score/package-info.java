/// The SenseScore of a client: its indicators, bands and parts, and the portfolio's distribution that Engagement ranks
/// by.
@NullMarked
package clientkpis.kpi.score;

import org.jspecify.annotations.NullMarked;
