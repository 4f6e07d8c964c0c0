/// A configuration tried on the past of a folder of exports.
@NullMarked
package clientkpis.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
