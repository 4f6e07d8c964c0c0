/// Publishes every recorded change of situation on the bus.
@NullMarked
package clientkpis.situation;

import org.jspecify.annotations.NullMarked;
