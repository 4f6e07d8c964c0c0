/// What the functions send each other, and when something is sent again.
@NullMarked
package clientkpis.message;

import org.jspecify.annotations.NullMarked;
