/// Measures the portfolio for the daily recalculation.
@NullMarked
package clientkpis.survey;

import org.jspecify.annotations.NullMarked;
