/// A tenant's configuration: checked, activated, and taken into every client.
@NullMarked
package clientkpis.configuration;

import org.jspecify.annotations.NullMarked;
