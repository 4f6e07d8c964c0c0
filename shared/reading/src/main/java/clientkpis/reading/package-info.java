/// From bytes to typed rows: encoding, file format, header, cells, sorting. No AWS in it.
@NullMarked
package clientkpis.reading;

import org.jspecify.annotations.NullMarked;
