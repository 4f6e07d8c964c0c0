/// Rows as they are sorted by client, compared and cut into parts.
@NullMarked
package clientkpis.reading.sort;

import org.jspecify.annotations.NullMarked;
