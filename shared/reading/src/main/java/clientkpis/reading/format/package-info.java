/// From bytes to the rows of a table, as written: compression, encoding, file formats, headers. A file format is one
/// `FileFormat`.
@NullMarked
package clientkpis.reading.format;

import org.jspecify.annotations.NullMarked;
