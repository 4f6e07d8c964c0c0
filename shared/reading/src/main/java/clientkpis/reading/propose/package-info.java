/// What a tenant should say about a file that is not understood by itself.
@NullMarked
package clientkpis.reading.propose;

import org.jspecify.annotations.NullMarked;
