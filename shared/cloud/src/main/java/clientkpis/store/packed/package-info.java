/// How documents and clients become bytes, and bytes become them.
@NullMarked
package clientkpis.store.packed;

import org.jspecify.annotations.NullMarked;
