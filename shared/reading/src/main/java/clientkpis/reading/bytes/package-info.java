/// From an object's bytes to what they hold: what they are packed in, what kind of file they are, and their encoding.
/// The bytes decide, not the name.
@NullMarked
package clientkpis.reading.bytes;

import org.jspecify.annotations.NullMarked;
