/// What the command line says, in Portuguese and English.
@NullMarked
package clientkpis.cli.words;

import org.jspecify.annotations.NullMarked;
