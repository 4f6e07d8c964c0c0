/// From an upload to rows: reads, validates and splits it, and writes the receipt.
@NullMarked
package clientkpis.intake;

import org.jspecify.annotations.NullMarked;
