/// A function in a process of its own. It stands on the JDK and Lambda's interface alone, because the function's own
/// libraries are beside it.
@org.jspecify.annotations.NullMarked
package clientkpis.local.instance;
