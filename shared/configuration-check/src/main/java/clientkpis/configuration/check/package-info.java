/// Checks a configuration before it is activated.
@NullMarked
package clientkpis.configuration.check;

import org.jspecify.annotations.NullMarked;
