/// The client table as it was exported at the end of each day, and as a spreadsheet opens it.
@NullMarked
package clientkpis.export;

import org.jspecify.annotations.NullMarked;
