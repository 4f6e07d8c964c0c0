/// Uploads that arrive twice, late, out of order or while requests fail end in the same state.
@org.jspecify.annotations.NullMarked
package clientkpis.suite.scale;
