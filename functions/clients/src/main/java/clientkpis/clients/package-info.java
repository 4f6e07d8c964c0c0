/// The register of clients as fields.
@NullMarked
package clientkpis.clients;

import org.jspecify.annotations.NullMarked;
