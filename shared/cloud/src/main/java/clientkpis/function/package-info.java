/// What the functions have in common: handlers for events and queues, messages, log, metrics.
@NullMarked
package clientkpis.function;

import org.jspecify.annotations.NullMarked;
