/// The functions and what invokes them: Lambda's endpoint, queues, streams and schedules.
@org.jspecify.annotations.NullMarked
package clientkpis.local.invoke;
