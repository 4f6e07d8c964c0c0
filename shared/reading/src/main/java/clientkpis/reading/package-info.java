/// From bytes to typed rows, sorted and cut into parts: `UploadFile` for an upload, `RawFile` for what a file says
/// before anything is made of it. It builds on `format` (from bytes to the rows of a table, as written) and on `cell`
/// (from a cell to its value); neither knows this package, and `cell` does not know `format`. No AWS in it.
@NullMarked
package clientkpis.reading;

import org.jspecify.annotations.NullMarked;
