/// Plans the daily recalculation.
@NullMarked
package clientkpis.daily;

import org.jspecify.annotations.NullMarked;
