/// The template on one machine, without Docker: the same handlers around embedded stores and queues.
@NullMarked
package clientkpis.local;

import org.jspecify.annotations.NullMarked;
