/// A function in a process of its own. It needs only the JDK and Lambda's interface, because the function's own
/// libraries are beside it.
@org.jspecify.annotations.NullMarked
package clientkpis.local.instance;
