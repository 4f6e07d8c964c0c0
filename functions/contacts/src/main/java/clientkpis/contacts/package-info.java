/// The people at a client as fields.
@NullMarked
package clientkpis.contacts;

import org.jspecify.annotations.NullMarked;
