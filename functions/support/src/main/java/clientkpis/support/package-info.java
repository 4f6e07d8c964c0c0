/// Support tickets as fields.
@NullMarked
package clientkpis.support;

import org.jspecify.annotations.NullMarked;
