/// Activities with a client as fields.
@NullMarked
package clientkpis.activities;

import org.jspecify.annotations.NullMarked;
