/// The functions, their requests, and Lambda's endpoint.
@org.jspecify.annotations.NullMarked
package clientkpis.local.invoke;
