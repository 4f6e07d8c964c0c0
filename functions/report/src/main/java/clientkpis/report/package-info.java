/// The report of a recalculated day: one page that opens anywhere, and the client table as one file for other tools.
@NullMarked
package clientkpis.report;

import org.jspecify.annotations.NullMarked;
