/// What somebody sets by hand in the place of fields.
@NullMarked
package clientkpis.overrides;

import org.jspecify.annotations.NullMarked;
