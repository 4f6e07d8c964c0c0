/// Made-up exports, and what must come out of them by an independent reading of the specification.
///
/// Nothing here uses the suite's own code: what both get wrong alike, no comparison finds.
@NullMarked
package clientkpis.benchmarks;

import org.jspecify.annotations.NullMarked;
