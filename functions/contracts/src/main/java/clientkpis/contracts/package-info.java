/// Contracts as fields: value, term and renewal.
@NullMarked
package clientkpis.contracts;

import org.jspecify.annotations.NullMarked;
