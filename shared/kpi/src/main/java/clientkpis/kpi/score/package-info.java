/// The scores: indicators, bands and the SenseScore they make, and the distribution that the Engagement Score ranks by.
@NullMarked
package clientkpis.kpi.score;

import org.jspecify.annotations.NullMarked;
