/// The command line.
@NullMarked
package clientkpis.cli;

import org.jspecify.annotations.NullMarked;
