/// Clients who are to be forgotten.
@NullMarked
package clientkpis.erasure;

import org.jspecify.annotations.NullMarked;
