/// Daily usage as fields.
@NullMarked
package clientkpis.usage;

import org.jspecify.annotations.NullMarked;
