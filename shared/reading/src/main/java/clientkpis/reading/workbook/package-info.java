/// The sheets of a workbook (`.xlsx`) as rows of cells that know what they are. Streamed: memory does not depend on the
/// size of the file.
@NullMarked
package clientkpis.reading.workbook;

import org.jspecify.annotations.NullMarked;
