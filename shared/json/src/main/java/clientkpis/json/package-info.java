/// The model as JSON, with exact decimals.
@NullMarked
package clientkpis.json;

import org.jspecify.annotations.NullMarked;
