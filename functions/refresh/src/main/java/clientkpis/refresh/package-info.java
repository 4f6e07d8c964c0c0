/// Recalculates the clients of one segment at the day's date.
@NullMarked
package clientkpis.refresh;

import org.jspecify.annotations.NullMarked;
