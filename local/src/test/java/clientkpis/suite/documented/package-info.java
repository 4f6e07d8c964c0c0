/// What the documents promise, held against the running suite.
@org.jspecify.annotations.NullMarked
package clientkpis.suite.documented;
