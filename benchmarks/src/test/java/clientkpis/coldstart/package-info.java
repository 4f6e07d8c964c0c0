/// How long a function takes from the start of its process to the first answer, and what tracing adds to that.
@NullMarked
package clientkpis.coldstart;

import org.jspecify.annotations.NullMarked;
