/// Compares once a day what should be equal, and sends what is missing.
@NullMarked
package clientkpis.sweep;

import org.jspecify.annotations.NullMarked;
