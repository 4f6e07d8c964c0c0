/// JSON objects in a file, one after the other, whatever is around them.
@NullMarked
package clientkpis.reading.json;

import org.jspecify.annotations.NullMarked;
