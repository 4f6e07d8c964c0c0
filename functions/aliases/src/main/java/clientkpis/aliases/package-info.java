/// The other ids and names under which systems know a client.
@NullMarked
package clientkpis.aliases;

import org.jspecify.annotations.NullMarked;
