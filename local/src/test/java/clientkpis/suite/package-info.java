/// The complete suite on one machine, as a specification: uploads in; client tables, receipts and events out.
@NullMarked
package clientkpis.suite;

import org.jspecify.annotations.NullMarked;
