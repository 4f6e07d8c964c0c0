/// Survey answers as fields.
@NullMarked
package clientkpis.nps;

import org.jspecify.annotations.NullMarked;
