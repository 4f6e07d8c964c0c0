/// From a cell, as people and systems write it, to its canonical form: dates, numbers, booleans, names of fields.
@NullMarked
package clientkpis.reading.cell;

import org.jspecify.annotations.NullMarked;
