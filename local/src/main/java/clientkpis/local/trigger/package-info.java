/// What invokes the functions: queues, streams and schedules.
@org.jspecify.annotations.NullMarked
package clientkpis.local.trigger;
