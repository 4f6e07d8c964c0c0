/// The command line: its commands. What they read is in `input`, where they run it in `cloud`, what they write in
/// `output`.
@NullMarked
package clientkpis.cli;

import org.jspecify.annotations.NullMarked;
