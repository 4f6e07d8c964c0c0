/// Erasure of clients, on request.
@NullMarked
package clientkpis.erasure;

import org.jspecify.annotations.NullMarked;
