/// A configuration tried on the days of a tenant's exports.
@NullMarked
package clientkpis.rehearsal;

import org.jspecify.annotations.NullMarked;
